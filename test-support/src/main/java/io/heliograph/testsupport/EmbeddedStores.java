package io.heliograph.testsupport;

import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.quarkus.bootstrap.util.IoUtils;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A real PostgreSQL, a real Redis and a token issuer for one run of the tests. A test that wants to stop, freeze or
 * kill one declares a field of type {@link PostgresServer}, {@link RedisServer} or {@link TokenIssuer}.
 */
public final class EmbeddedStores implements QuarkusTestResourceLifecycleManager {

    private Path folder;
    private PostgresServer postgres;
    private RedisServer redis;
    private TokenIssuer issuer;

    @Override
    public Map<String, String> start() {
        folder = temporaryFolder();
        postgres = PostgresServer.fast(folder.resolve("postgres"), FreePorts.next());
        redis = RedisServer.start(folder.resolve("redis"), FreePorts.next());
        issuer = TokenIssuer.start();
        return Map.of(
                "quarkus.datasource.reactive.url", postgres.reactiveUrl(),
                "quarkus.datasource.username", PostgresServer.USER,
                "quarkus.redis.hosts", redis.url(),
                "heliograph.tokens.jwks-url", issuer.jwksUrl());
    }

    @Override
    public void stop() {
        issuer.close();
        redis.close();
        postgres.close();
        IoUtils.recursiveDelete(folder);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(postgres, new MatchesType(PostgresServer.class));
        injector.injectIntoFields(redis, new MatchesType(RedisServer.class));
        injector.injectIntoFields(issuer, new MatchesType(TokenIssuer.class));
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("heliograph-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
