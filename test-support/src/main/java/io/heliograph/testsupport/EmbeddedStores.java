package io.heliograph.testsupport;

import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.localstack.store.TestStores;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import java.util.Map;

/**
 * A database of its own, an empty Redis and a token issuer for each configuration of a service. The servers are those of
 * {@link TestStores}, which all configurations share. A test that wants to stop, freeze or kill one declares a field of
 * type {@link PostgresServer}, {@link RedisServer} or {@link TokenIssuer}.
 */
public final class EmbeddedStores implements QuarkusTestResourceLifecycleManager {

    private PostgresServer postgres;
    private RedisServer redis;
    private TokenIssuer issuer;

    @Override
    public Map<String, String> start() {
        requireOneClassForAllConfigurations();
        AwaitilityTimeout.apply();
        postgres = TestStores.newDatabase();
        redis = TestStores.emptyRedis();
        issuer = TokenIssuer.start();
        return Map.of(
                "quarkus.datasource.reactive.url", postgres.reactiveUrl(),
                "quarkus.datasource.username", PostgresServer.USER,
                "quarkus.redis.hosts", redis.serviceUrl(),
                "heliograph.tokens.jwks-url", issuer.jwksUrl(),
                // Of a packaged service; others use any free port.
                "quarkus.management.port", Integer.toString(FreePorts.next()));
    }

    @Override
    public void stop() {
        issuer.close();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(postgres, new MatchesType(PostgresServer.class));
        injector.injectIntoFields(redis, new MatchesType(RedisServer.class));
        injector.injectIntoFields(issuer, new MatchesType(TokenIssuer.class));
    }

    /** Quarkus loads the classes of each configuration again, except those of the configured artifacts. */
    private static void requireOneClassForAllConfigurations() {
        if (TestStores.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
            throw new IllegalStateException("each configuration would start its own servers: application.properties"
                    + " needs %test.quarkus.class-loading.parent-first-artifacts=io.heliograph:local-stack");
        }
    }
}
