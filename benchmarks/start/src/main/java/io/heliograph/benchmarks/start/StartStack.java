package io.heliograph.benchmarks.start;

import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/** The dependencies of the contestants: a PostgreSQL, a Redis and keys. {@link #close} removes them. */
final class StartStack implements AutoCloseable {

    private final Path folder = Machine.newFolder();
    private final TokenIssuer issuer = TokenIssuer.startWithRsa();
    private final PostgresServer postgres = PostgresServer.durable(folder.resolve("postgres"), FreePorts.next());
    private final RedisServer redis = RedisServer.start(folder.resolve("redis"), FreePorts.next());

    Map<String, String> settings(String service) {
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.redis.hosts", redis.url());
        if (!service.equals("gateway-service")) {
            settings.put("quarkus.datasource.reactive.url", postgres.reactiveUrl());
            settings.put("quarkus.datasource.username", PostgresServer.USER);
        }
        if (service.equals("user-service")) {
            settings.put("heliograph.tokens.signing-keys", signingKeys().toString());
        } else {
            settings.put("heliograph.tokens.jwks-url", issuer.jwksUrl());
        }
        return settings;
    }

    /** The same settings for all peers, with one worker per core. */
    Map<String, String> peerSettings() {
        return Map.of(
                "DATABASE_URL",
                postgres.reactiveUrl().replace("//", "//" + PostgresServer.USER + "@"),
                "REDIS_URL",
                redis.url(),
                "JWKS_URL",
                issuer.jwksUrl(),
                // No requests are forwarded to this address.
                "UPSTREAM",
                "http://127.0.0.1:1",
                "CONNECTIONS",
                "8",
                "WORKERS",
                Integer.toString(Machine.cores()));
    }

    @Override
    public void close() {
        redis.close();
        postgres.close();
        issuer.close();
        FileUtils.deleteQuietly(folder.toFile());
    }

    private Path signingKeys() {
        try {
            return Files.writeString(folder.resolve("signing-keys.json"), issuer.privateKeys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
