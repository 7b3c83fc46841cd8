package io.heliograph.gateway.pipeline;

import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.localstack.store.TestStores;
import io.heliograph.testsupport.LogFile;
import io.heliograph.testsupport.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The services behind the gateway under test, at {@code /api/<resource>/…}: {@code rooms} behaves well, {@code jobs}
 * does not, {@code messages} has one instance that is away, and of {@code previews} all are; {@code silent} never
 * answers; {@code staff} is for administrators. {@code timed}, {@code timed-jobs} and {@code brief} have short
 * timeouts,
 * {@code scripted} responds with the script of a test.
 */
public final class Upstreams implements QuarkusTestResourceLifecycleManager {

    static final String ACCESS_LOG = "heliograph.access";

    private final Vertx vertx = Vertx.vertx();
    private final GoodUpstream good = new GoodUpstream(vertx);
    private final BadUpstream bad = new BadUpstream(vertx);
    private final ScriptedUpstream scripted = new ScriptedUpstream(vertx);
    private final Path routes = temporaryFolder().resolve("routes.properties");
    /** The system accepts its connections, and nothing reads them. */
    private ServerSocket silent;

    private RedisServer redis;
    private TokenIssuer issuer;

    @Override
    public Map<String, String> start() {
        // The gateway turns them off for itself when it starts, and for all of this process: also for the services
        // here.
        System.setProperty("vertx.disableWebsockets", "false");
        write("", routes);
        issuer = TokenIssuer.start();
        redis = TestStores.emptyRedis();
        String goodUrl = "http://localhost:" + good.start();
        String badUrl = "http://localhost:" + bad.start();
        String closed = "http://localhost:" + FreePorts.next();
        Map<String, String> config = new HashMap<>(LogFile.settings(ACCESS_LOG, "access"));
        // The port of a packaged gateway; others use any free port.
        config.put("quarkus.management.port", Integer.toString(FreePorts.next()));
        config.put("heliograph.gateway.config-file", routes.toString());
        config.put("heliograph.gateway.config-interval", "100MS");
        config.put("heliograph.tokens.jwks-url", issuer.jwksUrl());
        config.put("quarkus.redis.hosts", redis.serviceUrl());
        config.put("heliograph.gateway.upstreams.users.urls", goodUrl);
        config.put("heliograph.gateway.upstreams.messages.urls", goodUrl);
        config.put("heliograph.gateway.upstreams.bad.urls", badUrl);
        config.put("heliograph.gateway.upstreams.half.urls", closed + "," + goodUrl);
        config.put("heliograph.gateway.upstreams.none.urls", closed);
        config.put("heliograph.gateway.upstreams.scripted.urls", "http://localhost:" + scripted.start());
        config.put("heliograph.gateway.upstreams.frozen.urls", "http://localhost:" + frozen() + "," + goodUrl);
        config.put("heliograph.gateway.routes.frozen.upstream", "frozen");
        // One for each test that leaves an instance out of favour.
        for (String pair : List.of("pair", "resend", "once", "mute", "leaving", "parting", "crashed", "full")) {
            config.put("heliograph.gateway.upstreams." + pair + ".urls", badUrl + "," + goodUrl);
            config.put("heliograph.gateway.routes." + pair + ".upstream", pair);
        }
        // The bad one is silent; the good one must not seem so on a busy machine.
        config.put("heliograph.gateway.routes.mute.timeouts.first-byte", "1S");
        config.put("heliograph.gateway.upstreams.silent.urls", "http://localhost:" + listen());
        config.put("heliograph.gateway.routes.silent.upstream", "silent");
        config.put("heliograph.gateway.routes.silent.timeouts.first-byte", "0.3S");
        config.put("heliograph.gateway.upstreams.broken.urls", badUrl);
        config.put("heliograph.gateway.routes.broken.timeouts.idle", "0.3S");
        config.put("heliograph.gateway.routes.broken.upstream", "broken");
        config.put("heliograph.gateway.routes.jobs.upstream", "bad");
        config.put("heliograph.gateway.routes.messages.upstream", "half");
        config.put("heliograph.gateway.routes.previews.upstream", "none");
        // Short enough to be waited for; all others have more time than any test needs.
        config.put("heliograph.gateway.routes.timed.upstream", "users");
        config.put("heliograph.gateway.routes.timed.timeouts.first-byte", "0.3S");
        config.put("heliograph.gateway.routes.timed-jobs.upstream", "bad");
        config.put("heliograph.gateway.routes.timed-jobs.timeouts.first-byte", "2S");
        config.put("heliograph.gateway.routes.timed-jobs.timeouts.idle", "0.3S");
        config.put("heliograph.gateway.routes.brief.upstream", "users");
        config.put("heliograph.gateway.routes.brief.timeouts.total", "1S");
        config.put("heliograph.gateway.routes.scripted.upstream", "scripted");
        config.put("heliograph.gateway.routes.staff.upstream", "users");
        config.put("heliograph.gateway.routes.staff.role", "admin");
        config.put("heliograph.gateway.routes.staff.public-calls", "GET /api/staff/hours");
        config.put("heliograph.gateway.routes.limited.upstream", "users");
        config.put("heliograph.gateway.routes.limited.access", "optional");
        config.put("heliograph.gateway.routes.limited.limits", "three,burst,shade");
        limit(config, "three", "user", "3", "60S");
        limit(config, "burst", "user", "1", "100MS");
        config.put("heliograph.gateway.limits.burst.only-calls", "GET /api/limited/burst");
        limit(config, "shade", "user", "1", "60S");
        config.put("heliograph.gateway.limits.shade.shadow", "true");
        // All tests come from one address.
        config.put("heliograph.gateway.limits.login.requests", "1000");
        config.put("heliograph.gateway.limits.register.requests", "1000");
        // What a busy machine needs beside Redis.
        config.put("heliograph.gateway.limiter.timeout", "2S");
        // Fewer than the connections that one instance has here.
        config.put("heliograph.gateway.batch.concurrency", "10");
        cache(config, "things");
        cache(config, "lenient");
        config.put("heliograph.gateway.routes.lenient.cache.default-freshness", "60S");
        config.put("heliograph.gateway.routes.lenient.cache.stale-if-error", "60S");
        config.put("heliograph.gateway.routes.lenient.cache.vary-by", "X-Tenant");
        config.put("heliograph.gateway.routes.lenient.cache.tags", "soft");
        cache(config, "hostless");
        config.put("heliograph.gateway.routes.hostless.cache.exclude-host", "true");
        config.put("heliograph.gateway.cache.read-interval", "0.3S");
        config.put("heliograph.gateway.cache.timeout", "0.5S");
        config.put("heliograph.gateway.websocket.max-per-user", "5");
        // Tests that wait for it shorten it; see TestBounds.
        config.put("heliograph.gateway.request.body-timeout", "5S");
        config.put("heliograph.gateway.request.max-body", "80M");
        config.put("heliograph.gateway.pool.connect-timeout", "10S");
        config.put("heliograph.gateway.pool.max-wait", "10S");
        // Not the address that other tests come from; see RawClient.
        config.put("heliograph.gateway.proxies.trusted", "127.0.0.2,10.0.0.0/8");
        config.put("heliograph.revocations.read-interval", "0.3S");
        // All instances share them, and there are more here than any gateway has.
        config.put("heliograph.gateway.pool.max-connections", "1000");
        config.put("heliograph.gateway.tasks.slow", "1S");
        config.put("quarkus.http.idle-timeout", "30S");
        return config;
    }

    /** Accepts connections and reads nothing, as a process that is stopped. */
    private int frozen() {
        return vertx.createNetServer()
                .connectHandler(NetSocket::pause)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static void limit(Map<String, String> config, String name, String by, String requests, String window) {
        String prefix = "heliograph.gateway.limits." + name + ".";
        config.put(prefix + "by", by);
        config.put(prefix + "requests", requests);
        config.put(prefix + "window", window);
    }

    private static void cache(Map<String, String> config, String route) {
        config.put("heliograph.gateway.routes." + route + ".upstream", "scripted");
        config.put("heliograph.gateway.routes." + route + ".access", "optional");
        config.put("heliograph.gateway.routes." + route + ".cache.enabled", "true");
        config.put("heliograph.gateway.routes." + route + ".cache.max-entry", "300K");
    }

    @Override
    public void stop() {
        try {
            silent.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuer.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(issuer, new MatchesType(TokenIssuer.class));
        injector.injectIntoFields(redis, new MatchesType(RedisServer.class));
        injector.injectIntoFields(good, new MatchesType(GoodUpstream.class));
        injector.injectIntoFields(routes, new MatchesType(Path.class));
        injector.injectIntoFields(bad, new MatchesType(BadUpstream.class));
        injector.injectIntoFields(scripted, new MatchesType(ScriptedUpstream.class));
    }

    private int listen() {
        try {
            silent = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
            return silent.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String text, Path file) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("heliograph-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
