package io.heliograph.testsupport;

import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.quarkus.bootstrap.util.IoUtils;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/** The stores of the service with a PostgreSQL that streams to a hot standby, on which the service may read. */
public final class ReplicatedStores implements QuarkusTestResourceLifecycleManager {

    /** The two servers, since fields are injected by their type. */
    public record Pair(PostgresServer primary, PostgresServer standby) {}

    /** A service with a standby. */
    public static final class Profile implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(ReplicatedStores.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private Path folder;
    private Pair postgres;
    private RedisServer redis;
    private TokenIssuer issuer;

    @Override
    public Map<String, String> start() {
        AwaitilityTimeout.apply();
        try {
            folder = Files.createTempDirectory("heliograph-replicated");
            postgres = replicated(folder.resolve("primary/data"), folder.resolve("standby/data"));
            redis = RedisServer.start(folder.resolve("redis"), FreePorts.next());
            issuer = TokenIssuer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.datasource.reactive.url", postgres.primary().reactiveUrl(),
                "quarkus.datasource.replica.reactive.url", postgres.standby().reactiveUrl(),
                "quarkus.datasource.username", PostgresServer.USER,
                "quarkus.redis.hosts", redis.serviceUrl(),
                "heliograph.tokens.jwks-url", issuer.jwksUrl(),
                "quarkus.management.port", Integer.toString(FreePorts.next()),
                // Tests stop the standby, and wait until it is asked again.
                "heliograph.database.replica-backoff", "1S");
    }

    @Override
    public void stop() {
        issuer.close();
        redis.close();
        postgres.standby().close();
        postgres.primary().close();
        IoUtils.recursiveDelete(folder);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(postgres, new MatchesType(Pair.class));
        injector.injectIntoFields(issuer, new MatchesType(TokenIssuer.class));
    }

    /** A copy of a server that was stopped in order follows it from there. */
    private static Pair replicated(Path data, Path copy) throws IOException {
        PostgresServer primary = PostgresServer.fast(data, FreePorts.next());
        primary.stop();
        FileUtils.copyDirectory(data.toFile(), copy.toFile());
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=%d user=%s'%n".formatted(primary.port(), PostgresServer.USER),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(data));
        primary.start();
        return new Pair(primary, PostgresServer.fast(copy, FreePorts.next()));
    }
}
