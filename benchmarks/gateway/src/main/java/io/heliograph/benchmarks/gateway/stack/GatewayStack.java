package io.heliograph.benchmarks.gateway.stack;

import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.process.ServiceProcess;
import io.heliograph.benchmarks.harness.process.Wrk;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.TokenIssuer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Gateways and a bare nginx, used in turns, with a service behind all, a Redis, an issuer of tokens and the load. Each
 * kind of traffic has a gateway of its own, since what the compiler of a JVM learns from one kind it has to unlearn for
 * the next. Everything is new, and gone after {@link #close}.
 */
public final class GatewayStack implements AutoCloseable {

    /** Of the load, and so of each contestant with the service. */
    public static final int CONNECTIONS = 64;

    /** What docs/operations.md tells people to start the gateway with. */
    public static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:MaxDirectMemorySize=32m");

    /** Counted by every limit of its route, and passed on. */
    public static final String PROXIED = "/api/rooms/0199c0de-0000-7000-8000-000000000001";

    /** Counted in the same way; the answer may be kept for a minute. */
    public static final String CACHED = "/api/previews/0199c0de-0000-7000-8000-000000000001";

    /** Kept too, but asked for by anyone and counted by no limit. */
    public static final String OPEN = "/api/jobs/0199c0de-0000-7000-8000-000000000001";

    /** Passed on for anyone, counted by no limit: what a proxy does at the least. */
    public static final String BARE = "/api/messages/0199c0de-0000-7000-8000-000000000001";

    /** How long the service behind {@code /api/users} thinks. */
    public static final int SLOW_MILLIS = 100;

    private static final int USERS = 100;

    /** A run takes minutes, and nobody renews these. */
    private static final int TOKEN_MINUTES = 120;

    private final Placement placement;
    private final Path folder = Machine.newFolder();
    private final TokenIssuer issuer = TokenIssuer.start();
    private final List<String> tokens;
    private final RedisServer redis;
    private final Nginx service;
    private final SlowService slow = SlowService.start(SLOW_MILLIS);
    private final Nginx nginx;
    private final Map<String, ServiceProcess> gateways;
    private final Wrk wrk;

    /** @param paths each of which gets a gateway */
    public GatewayStack(Placement placement, String... paths) {
        this.placement = placement;
        tokens = IntStream.range(0, USERS).mapToObj(this::token).toList();
        redis = RedisServer.start(folder.resolve("redis"), FreePorts.next());
        service = Nginx.answering(folder.resolve("service"), placement.others);
        nginx = Nginx.proxying(folder.resolve("nginx"), placement, service);
        gateways = Stream.of(paths)
                .collect(Collectors.toMap(
                        path -> path,
                        path -> ServiceProcess.start("gateway-service", JVM, placement.proxy, settings())));
        wrk = new Wrk(folder, CONNECTIONS, placement.others);
        Machine.pin(redis.process(), placement.others);
        Machine.pinMyself(placement.others);
    }

    public ServiceProcess gateway(String path) {
        return gateways.get(path);
    }

    public Nginx nginx() {
        return nginx;
    }

    /** What both pass requests on to. */
    public Nginx service() {
        return service;
    }

    public Wrk wrk() {
        return wrk;
    }

    /** This path, asked for by each of the users. */
    public List<Wrk.Call> calls(String path) {
        return tokens.stream().map(token -> new Wrk.Call(path, token)).toList();
    }

    public List<String> tokens() {
        return tokens;
    }

    /** Fails unless the second of two like requests is answered from the cache. */
    public void checkCache(String path) {
        gateway(path).ask("GET", path, tokens.get(0), "");
        HttpResponse<String> again = gateway(path).ask("GET", path, tokens.get(1), "");
        String status = again.headers().firstValue("Cache-Status").orElse("missing");
        if (!status.contains("hit")) {
            throw new IllegalStateException("not answered from the cache: " + status);
        }
    }

    public Usage redisUsage() {
        return new Usage(redis.process());
    }

    public RedisCommands redisCommands() {
        return RedisCommands.soFar(redis.port());
    }

    @Override
    public void close() {
        Machine.unpinMyself();
        gateways.values().forEach(ServiceProcess::close);
        nginx.close();
        service.close();
        slow.close();
        redis.close();
        issuer.close();
        FileUtils.deleteQuietly(folder.toFile());
    }

    private String token(int number) {
        return issuer.token(
                UUID.randomUUID(),
                "user-" + number,
                claims -> claims.setExpirationTimeMinutesInTheFuture(TOKEN_MINUTES));
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.redis.hosts", redis.url());
        settings.put("heliograph.tokens.jwks-url", issuer.jwksUrl());
        settings.put("heliograph.gateway.upstreams.users.urls", slow.url());
        settings.put(
                "heliograph.gateway.upstreams.messages.urls",
                "http://127.0.0.1:" + service.address().getPort());
        // The limits of both routes as they are by default, but for how much they allow: all is charged, all admitted.
        settings.put("heliograph.gateway.limits.address.requests", "1000000");
        settings.put("heliograph.gateway.limits.user.requests", "1000000");
        settings.put("heliograph.gateway.routes.previews.cache.enabled", "true");
        settings.put("heliograph.gateway.routes.jobs.cache.enabled", "true");
        settings.put("heliograph.gateway.routes.jobs.access", "open");
        settings.put("heliograph.gateway.routes.jobs.limits", "");
        settings.put("heliograph.gateway.routes.messages.access", "open");
        settings.put("heliograph.gateway.routes.messages.limits", "");
        settings.put("quarkus.vertx.event-loops-pool-size", Integer.toString(placement.workers));
        // As nginx: a connection to the service for each of a client if need be, and no log.
        settings.put("heliograph.gateway.pool.max-connections-per-instance", Integer.toString(CONNECTIONS));
        settings.put("heliograph.gateway.log.enabled", "false");
        return settings;
    }
}
