package io.heliograph.gateway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.upstream.Connections;
import io.heliograph.gateway.upstream.DnsConfig;
import io.heliograph.gateway.upstream.PoolConfig;
import io.heliograph.gateway.upstream.Search;
import io.heliograph.gateway.upstream.Upstreams;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    private static final Map<String, String> GOOD = Map.of(
            "upstreams.messages.urls", "http://localhost:8082,http://localhost:8083",
            "upstreams.users.urls", "http://localhost:8081",
            "limits.strict.requests", "5",
            "limits.strict.window", "1M",
            "limits.strict.by", "address",
            "limits.strict.only-calls", "POST /api/auth/login",
            "routes.auth.upstream", "users",
            "routes.auth.limits", "strict",
            "routes.rooms.upstream", "messages",
            "routes.ops.local", "ops");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldSayOfARouteWhatIsConfigured() {
        RouteTable table = routes(Map.of(
                        "routes.rooms.path", "/api/places",
                        "routes.rooms.rewrite", "/v2/rooms",
                        "routes.rooms.methods", "GET,PUT",
                        "routes.rooms.role", "member",
                        "routes.rooms.max-body", "2K",
                        "routes.rooms.timeouts.total", "5S"))
                .table();

        Route route = table.find("/api/places/7");

        assertEquals("rooms", route.name());
        assertEquals("messages", route.upstream().name());
        assertEquals(2, route.upstream().instances().size());
        assertEquals("/v2/rooms/7?a=/api/places", route.forwarded("/api/places/7?a=/api/places"));
        assertEquals("GET, HEAD, PUT", route.methods().toString());
        assertEquals("member", route.role());
        assertEquals(2048, route.maxBody());
        assertEquals(5_000_000_000L, route.timeouts().total());
        assertEquals(30_000_000_000L, route.timeouts().idle());
        assertNull(table.find("/api/rooms/7"));
        assertNull(route.cache());
    }

    @Test
    void shouldLetEachRouteNameItsLimits() {
        List<LimitPolicy> limits =
                routes(Map.of()).table().find("/api/auth/login").limits();

        assertEquals(1, limits.size());
        assertTrue(limits.get(0).counts(HttpMethod.POST, "/api/auth/login"));
        assertFalse(limits.get(0).counts(HttpMethod.GET, "/api/auth/login"));
    }

    @Test
    void shouldLeaveOutARouteThatIsTurnedOff() {
        assertNull(routes(Map.of("routes.rooms.enabled", "false")).table().find("/api/rooms"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            upstreams.users.dns          | http://users:8081      | upstreams.users: needs either urls or dns
            upstreams.messages.urls      | localhost:8082         | upstreams.messages.urls: an address is of the form http://host:port, without path, query or user
            upstreams.messages.urls      | ftp://localhost:8082   | upstreams.messages.urls: an address is of the form http://host:port, without path, query or user
            upstreams.messages.urls      | http://a:1,http://b/x  | upstreams.messages.urls: an address is of the form http://host:port, without path, query or user
            upstreams.messages.urls      | http://a:1?b           | upstreams.messages.urls: an address is of the form http://host:port, without path, query or user
            upstreams.messages.urls      | http://a:70000         | upstreams.messages.urls: an address is of the form http://host:port, without path, query or user
            upstreams.messages.urls      | http://me:secret@a:1   | upstreams.messages.urls: an address is of the form http://host:port, without path, query or user
            upstreams.messages.urls      | http://a b:1           | upstreams.messages.urls: an address is of the form http://host:port, without path, query or user
            routes.rooms.upstream        | massages               | routes.rooms.upstream: there is no upstream "massages"
            routes.rooms.local           | ops                    | routes.rooms: needs either an upstream or a local target
            routes.none.access           | open                   | routes.none: needs either an upstream or a local target
            routes.rooms.path            | /api/ops               | routes.ops: the path /api/ops is that of the route "rooms" already
            routes.rooms.path            | /api/rooms/mine        | routes.rooms.path: "/api/rooms/mine" is neither of the form /api/<resource> nor outside /api
            routes.rooms.path            | rooms                  | routes.rooms.path: "rooms" is no path that a request can have
            routes.rooms.path            | /api/../rooms          | routes.rooms.path: "/api/../rooms" is no path that a request can have
            routes.rooms.rewrite         | v2                     | routes.rooms.rewrite: "v2" is no path that a request can have
            routes.rooms.rewrite         | /v2/                   | routes.rooms.rewrite: "/v2/" is no path that a request can have
            routes.ops.rewrite           | /v2                    | routes.ops.rewrite: is for upstreams only
            routes.ops.cache.enabled     | true                   | routes.ops.cache.enabled: is for upstreams only
            routes.rooms.methods         | GET,FETCH              | routes.rooms.methods: "FETCH" is none of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS
            routes.rooms.limits          | strickt                | routes.rooms.limits: there is no limit "strickt"
            routes.rooms.limits          | strict                 | routes.rooms.limits: "strict" counts no call of this route
            routes.rooms.public-calls    | /api/rooms             | routes.rooms.public-calls: "/api/rooms" is not of the form "GET /path"
            routes.rooms.public-calls    | GET /api/roooms        | routes.rooms.public-calls: "GET /api/roooms" is no call of /api/rooms
            routes.rooms.timeouts.idle   | -1S                    | routes.rooms.timeouts.idle: a timeout is longer than nothing
            routes.rooms.timeouts.total  | 0S                     | routes.rooms.timeouts.total: a timeout is longer than nothing
            limits.strict.only-calls     | login                  | limits.strict.only-calls: "login" is not of the form "GET /path"
            """)
    void shouldNameTheKeyOfAMistakeAndTheReason(String key, String value, String message) {
        refuses(Map.of(key, value), message);
    }

    @Test
    void shouldRefuseARoleThatNobodyCanShow() {
        refuses(
                Map.of("routes.rooms.role", "admin", "routes.rooms.access", "offered"),
                "routes.rooms.role: needs access=required: nobody has a role without a token");
    }

    @Test
    void shouldChangeNothingByAConfigurationThatIsWrong() {
        Routes routes = routes(Map.of());
        RouteTable before = routes.table();

        assertThrows(
                WrongConfiguration.class,
                () -> routes.load(
                        config(Map.of("upstreams.users.urls", "http://b:1", "routes.rooms.upstream", "massages"))));

        assertSame(before, routes.table());
        assertEquals(
                "[localhost:8081]",
                before.find("/api/auth/x").upstream().instances().toString());
    }

    @Test
    void shouldKeepWhatStaysThroughAChange() {
        Routes routes = routes(Map.of());
        RouteTable before = routes.table();

        routes.load(config(Map.of("upstreams.messages.urls", "http://localhost:8083,http://localhost:8084")));

        Route then = before.find("/api/rooms");
        Route now = routes.table().find("/api/rooms");
        assertSame(then.upstream(), now.upstream());
        assertEquals(
                "[localhost:8083, localhost:8084]", now.upstream().instances().toString());
    }

    private void refuses(Map<String, String> change, String message) {
        var failure = assertThrows(WrongConfiguration.class, () -> routes(change));
        assertEquals("heliograph.gateway." + message, failure.getMessage());
    }

    private Routes routes(Map<String, String> change) {
        SmallRyeConfig config = smallRye(change);
        Connections connections = new Connections(vertx, config.getConfigMapping(PoolConfig.class));
        Search search = new Search(vertx, config.getConfigMapping(DnsConfig.class));
        return new Routes(
                config.getConfigMapping(RouteConfig.class),
                config.getConfigMapping(RequestConfig.class),
                new Upstreams(connections, search));
    }

    private static RouteConfig config(Map<String, String> change) {
        return smallRye(change).getConfigMapping(RouteConfig.class);
    }

    private static SmallRyeConfig smallRye(Map<String, String> change) {
        Map<String, String> properties = new HashMap<>(GOOD);
        properties.putAll(change);
        Map<String, String> prefixed = new HashMap<>();
        properties.forEach((key, value) -> prefixed.put("heliograph.gateway." + key, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(prefixed, "test", 100))
                .withMapping(RouteConfig.class)
                .withMapping(RequestConfig.class)
                .withMapping(PoolConfig.class)
                .withMapping(DnsConfig.class)
                .build();
    }
}
