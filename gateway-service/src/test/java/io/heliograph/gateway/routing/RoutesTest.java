package io.heliograph.gateway.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.heliograph.gateway.routing.Routes.RouteTable;
import io.heliograph.gateway.upstream.DnsConfig;
import io.heliograph.gateway.upstream.DnsDiscovery;
import io.heliograph.gateway.upstream.Instance;
import io.heliograph.gateway.upstream.PoolConfig;
import io.heliograph.gateway.upstream.ResilienceConfig;
import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.UpstreamFactory;
import io.heliograph.gateway.upstream.Upstreams;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldDescribeTheConfigurationOfARoute() {
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
        assertEquals("/v2/rooms/7?a=/api/places", route.upstreamUri("/api/places/7?a=/api/places"));
        assertEquals("GET, HEAD, PUT", route.methods().toString());
        assertEquals("member", route.role());
        assertEquals(2048, route.maxBody());
        assertEquals(5_000_000_000L, route.timeouts().total());
        assertEquals(30_000_000_000L, route.timeouts().idle());
        assertNull(table.find("/api/rooms/7"));
        assertNull(route.cache());
    }

    @Test
    void shouldPreferTheRouteOfACallToThatOfItsResource() {
        RouteTable table = routes(Map.of(
                        "routes.exports.upstream", "users",
                        "routes.exports.path", "/api/rooms/me/exports"))
                .table();

        assertEquals("exports", table.find("/api/rooms/me/exports").name());
        assertEquals("rooms", table.find("/api/rooms/me/exports/7").name());
        assertEquals("rooms", table.find("/api/rooms/me").name());
        assertTrue(table.covers("/api/rooms/me/exports"));
    }

    @Test
    void shouldApplyTheLimitsOfEachRoute() {
        List<RateLimitPolicy> limits =
                routes(Map.of()).table().find("/api/auth/login").limits();

        assertEquals(1, limits.size());
        assertTrue(limits.get(0).appliesTo(HttpMethod.POST, "/api/auth/login"));
        assertFalse(limits.get(0).appliesTo(HttpMethod.GET, "/api/auth/login"));
    }

    @Test
    void shouldLeaveOutADisabledRoute() {
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
            routes.none.access           | public                 | routes.none: needs either an upstream or a local target
            routes.rooms.path            | /api/ops               | routes.ops: the path /api/ops is that of the route "rooms" already
            routes.rooms.path            | /api                   | routes.rooms.path: "/api" names no resource of the API
            routes.rooms.path            | rooms                  | routes.rooms.path: "rooms" is not a valid path
            routes.rooms.path            | /api/../rooms          | routes.rooms.path: "/api/../rooms" is not a valid path
            routes.rooms.rewrite         | v2                     | routes.rooms.rewrite: "v2" is not a valid path
            routes.rooms.rewrite         | /v2/                   | routes.rooms.rewrite: "/v2/" is not a valid path
            routes.ops.rewrite           | /v2                    | routes.ops.rewrite: is for upstreams only
            routes.ops.cache.enabled     | true                   | routes.ops.cache.enabled: is for upstreams only
            routes.rooms.methods         | GET,FETCH              | routes.rooms.methods: "FETCH" is not one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS
            routes.rooms.limits          | strickt                | routes.rooms.limits: there is no limit "strickt"
            routes.rooms.limits          | strict                 | routes.rooms.limits: "strict" counts no call of this route
            routes.rooms.public-calls    | /api/rooms             | routes.rooms.public-calls: "/api/rooms" is not of the form "GET /path"
            routes.rooms.public-calls    | GET /api/roooms        | routes.rooms.public-calls: "GET /api/roooms" is no call of /api/rooms
            routes.rooms.timeouts.idle   | -1S                    | routes.rooms.timeouts.idle: must be positive
            routes.rooms.timeouts.total  | 0S                     | routes.rooms.timeouts.total: must be positive
            limits.strict.only-calls     | login                  | limits.strict.only-calls: "login" is not of the form "GET /path"
            """)
    void shouldReportTheKeyAndTheReasonOfAnInvalidSetting(String key, String value, String message) {
        refuses(Map.of(key, value), message);
    }

    @Test
    void shouldRejectARoleOnARouteWithoutTokens() {
        refuses(
                Map.of("routes.rooms.role", "admin", "routes.rooms.access", "optional"),
                "routes.rooms.role: needs access=required: nobody has a role without a token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            routes.rooms.upstraem        | messages | routes.rooms.upstraem: unknown setting
            routes.rooms.cache.default-freshness.for | 1S       | routes.rooms.cache.default-freshness.for: unknown setting
            limits.strict.per            | user     | limits.strict.per: unknown setting
            """)
    void shouldReportAnUnknownKey(String key, String value, String message) {
        refuses(Map.of(key, value), message);
    }

    @ParameterizedTest
    @CsvSource({
        "routes.rooms.access,closed",
        "routes.rooms.max-body,much",
        "limits.strict.window,long",
        "limits.x.by,user"
    })
    void shouldReportTheKeyOfAMissingOrMistypedValue(String key, String value) {
        var failure = assertThrows(InvalidConfigurationException.class, () -> routes(Map.of(key, value)));

        String missing = key.replace("limits.x.by", "limits.x.requests");
        assertTrue(failure.getMessage().contains("heliograph.gateway." + missing), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            routes.properties | heliograph.gateway.upstreams.messages.urls=http://b:1,http://c:1
            routes.yaml       | {heliograph: {gateway: {upstreams: {messages: {urls: ['http://b:1', 'http://c:1']}}}}}
            routes.yml        | {heliograph: {gateway: {upstreams: {messages: {urls: 'http://b:1,http://c:1'}}}}}
            """)
    void shouldPreferTheFile(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);

        Routes routes = routes(Map.of("config-file", file.toString()));

        assertEquals("[b:1, c:1]", instances(routes.table()));
    }

    @Test
    void shouldNotStartWithAMissingOrInvalidFile() throws IOException {
        Path file = folder.resolve("routes.yaml");
        refuses(
                Map.of("config-file", file.toString()),
                "config-file: " + file + " cannot be read: NoSuchFileException");

        Files.writeString(file, "a: [");
        var failure =
                assertThrows(InvalidConfigurationException.class, () -> routes(Map.of("config-file", file.toString())));
        assertTrue(
                failure.getMessage().startsWith("heliograph.gateway.config-file: " + file + " cannot be understood"));
    }

    @Test
    void shouldApplyAChangeOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("routes.properties"), "");
        Routes routes = routes(Map.of("config-file", file.toString()));
        assertFalse(routes.reload());

        Files.writeString(
                file, "heliograph.gateway.routes.rooms.methods=GET\nheliograph.gateway.routes.new.upstream=users");

        assertTrue(routes.reload());
        assertFalse(routes.reload());
        assertEquals("GET, HEAD", routes.table().find("/api/rooms").methods().toString());
        assertEquals("new", routes.table().find("/api/new").name());
        assertNull(routes.reloadFailure());

        Files.writeString(file, "");
        assertTrue(routes.reload());
        assertNull(routes.table().find("/api/new"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            routes.rooms.upstream=massages | routes.rooms.upstream: there is no upstream "massages"
            routes.rooms.upstraem=messages | routes.rooms.upstraem: unknown setting
            pool.max-connections=7         | pool.max-connections: cannot change while the gateway runs
            """)
    void shouldApplyNothingOfAPartlyInvalidChange(String wrong, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("routes.properties"), "");
        Routes routes = routes(Map.of("config-file", file.toString()));
        RouteTable before = routes.table();

        Files.writeString(file, "heliograph.gateway.upstreams.messages.urls=http://b:1\nheliograph.gateway." + wrong);

        var failure = assertThrows(InvalidConfigurationException.class, routes::reload);
        assertEquals("heliograph.gateway." + message, failure.getMessage());
        assertEquals(failure.getMessage(), routes.reloadFailure().reason());
        assertSame(before, routes.table());
        assertEquals("[localhost:8082, localhost:8083]", instances(before));
        assertFalse(routes.reload());
    }

    @Test
    void shouldKeepTheConfigurationWhenTheFileIsRemoved() throws IOException {
        Path file =
                Files.writeString(folder.resolve("routes.properties"), "heliograph.gateway.routes.rooms.methods=GET");
        Routes routes = routes(Map.of("config-file", file.toString()));

        Files.delete(file);

        assertThrows(InvalidConfigurationException.class, routes::reload);
        assertFalse(routes.reload());
        assertEquals("GET, HEAD", routes.table().find("/api/rooms").methods().toString());
    }

    @Test
    void shouldKeepRemainingUpstreamsAndInstancesThroughAChange() throws IOException {
        Path file = Files.writeString(folder.resolve("routes.properties"), "");
        Routes routes = routes(Map.of("config-file", file.toString()));
        Upstream before = routes.table().find("/api/rooms").upstream();
        Instance second = before.instances().get(1);

        Files.writeString(
                file, "heliograph.gateway.upstreams.messages.urls=http://localhost:8083,http://localhost:8084");
        routes.reload();

        assertSame(before, routes.table().find("/api/rooms").upstream());
        assertEquals("[localhost:8083, localhost:8084]", instances(routes.table()));
        assertSame(second, before.instances().get(0));
    }

    private static String instances(RouteTable table) {
        return table.find("/api/rooms").upstream().instances().toString();
    }

    private void refuses(Map<String, String> change, String message) {
        var failure = assertThrows(InvalidConfigurationException.class, () -> routes(change));
        assertEquals("heliograph.gateway." + message, failure.getMessage());
    }

    private Routes routes(Map<String, String> change) {
        SmallRyeConfig config = smallRye(change);
        UpstreamFactory factory = new UpstreamFactory(
                vertx, config.getConfigMapping(PoolConfig.class), config.getConfigMapping(ResilienceConfig.class));
        DnsDiscovery discovery = new DnsDiscovery(vertx, config.getConfigMapping(DnsConfig.class));
        return new Routes(
                new ReloadableConfig(config, config.getConfigMapping(ReloadConfig.class)),
                config.getConfigMapping(RequestConfig.class),
                new Upstreams(factory, discovery));
    }

    private static SmallRyeConfig smallRye(Map<String, String> change) {
        Map<String, String> properties = new HashMap<>(GOOD);
        properties.putAll(change);
        Map<String, String> prefixed = new HashMap<>();
        properties.forEach((key, value) -> prefixed.put("heliograph.gateway." + key, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(prefixed, "test", 100))
                .withMappingIgnore("heliograph.gateway.**")
                .withMapping(ReloadConfig.class)
                .withMapping(RequestConfig.class)
                .withMapping(PoolConfig.class)
                .withMapping(ResilienceConfig.class)
                .withMapping(DnsConfig.class)
                .build();
    }
}
