package io.heliograph.benchmarks.users.stack;

import io.heliograph.benchmarks.harness.machine.Jdk;
import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.process.ServiceProcess;
import io.heliograph.benchmarks.harness.process.Sql;
import io.heliograph.benchmarks.harness.process.Wrk;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.io.FileUtils;

/**
 * user-service with its dependencies and with accounts in its table: a PostgreSQL with durable commits, a Redis, and
 * signing keys that this process uses too. Processes are not pinned. Everything is new, and {@link #close} removes it.
 */
public final class UserStack implements AutoCloseable {

    /** Includes memory for the concurrent hashes, 19 MiB each. */
    public static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");

    /** The connections of the load, of {@code pgbench} and of the pool of the service, its default. */
    public static final int CONNECTIONS = 16;

    public static final int PEOPLE = 20_000;
    public static final String PASSWORD = "heliograph-benchmark";

    /** Longer than a run, since tokens are not renewed. */
    private static final int TOKEN_MINUTES = 120;

    /** The prefix of the ids. The id of user n ends with n, so that a script of {@code pgbench} can compute it. */
    private static final String ID = "0199c0de-0000-7000-8000-";

    private static final long FIRST = 100_000_000_000L;

    private static final String SEED = """
            insert into user_service.users (id, username, email, display_name)
            select ('%1$s' || n)::uuid, 'person-' || n, 'person-' || n || '@example.org', 'Person ' || n
            from generate_series(%2$d, %2$d + %3$d) as n;
            vacuum analyze user_service.users
            """;

    /** One hash for all users: separate hashes would take a quarter of an hour. */
    private static final String SET_PASSWORDS = """
            update user_service.users
            set password_hash = (select password_hash from user_service.users where username = 'first')
            """;

    /** The statement with which the service reads an account. */
    private static final String SELECT = """
            \\set n random(%2$d, %2$d + %3$d)
            select id, username, email, display_name, roles, created_at, updated_at
            from user_service.users where id = ('%1$s' || :n)::uuid;
            """;

    private final Path folder = Machine.newFolder();
    private final TokenIssuer issuer = TokenIssuer.startWithRsa();
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final ServiceProcess service;

    public UserStack() {
        this(Jdk.first());
    }

    /** The same on the given JDK. */
    public UserStack(Jdk jdk) {
        postgres = PostgresServer.durable(folder.resolve("postgres"), FreePorts.next());
        redis = RedisServer.start(folder.resolve("redis"), FreePorts.next());
        service = ServiceProcess.start("user-service", jdk, JVM, null, settings());
        for (String statement : people(SEED).split(";", -1)) {
            Sql.execute(postgres, statement);
        }
    }

    /** Settings of a peer with the same accounts: one worker per core, and as many connections in total. */
    public Map<String, String> peerSettings() {
        return Map.of(
                "DATABASE_URL",
                postgres.reactiveUrl().replace("//", "//" + PostgresServer.USER + "@"),
                "JWKS_URL",
                issuer.jwksUrl(),
                "WORKERS",
                Integer.toString(Machine.cores()),
                "CONNECTIONS",
                Integer.toString(Math.max(1, CONNECTIONS / Machine.cores())));
    }

    public ServiceProcess service() {
        return service;
    }

    public Usage postgresUsage() {
        return new Usage(postgres.process().orElseThrow());
    }

    public Wrk wrk() {
        return new Wrk(folder, CONNECTIONS, Machine.allCores());
    }

    /** The same query as the service, for random users. */
    public PgBench pgbench() {
        return PgBench.on(postgres, people(SELECT));
    }

    /** @param number from 0, below {@link #PEOPLE} */
    public UUID id(int number) {
        return UUID.fromString(ID + (FIRST + number));
    }

    public String username(int number) {
        return "person-" + (FIRST + number);
    }

    public String token(int number) {
        return token(number, "user");
    }

    public String adminToken() {
        return token(0, "admin");
    }

    /** Sets the password of all users to {@link #PASSWORD}. */
    public void setPasswords() {
        service.ask(
                "POST",
                "/api/auth/register",
                adminToken(),
                "{\"username\":\"first\",\"email\":\"first@example.org\",\"password\":\"" + PASSWORD + "\"}");
        Sql.execute(postgres, SET_PASSWORDS);
    }

    @Override
    public void close() {
        service.close();
        redis.close();
        postgres.close();
        issuer.close();
        FileUtils.deleteQuietly(folder.toFile());
    }

    private String token(int number, String role) {
        return issuer.token(id(number), username(number), claims -> {
            claims.setStringListClaim("groups", List.of(role));
            claims.setExpirationTimeMinutesInTheFuture(TOKEN_MINUTES);
        });
    }

    private static String people(String template) {
        return template.formatted(ID, FIRST, PEOPLE - 1);
    }

    private Map<String, String> settings() {
        return Map.of(
                "quarkus.datasource.reactive.url",
                postgres.reactiveUrl(),
                "quarkus.datasource.username",
                PostgresServer.USER,
                "quarkus.redis.hosts",
                redis.url(),
                "heliograph.tokens.signing-keys",
                signingKeys().toString(),
                // The load has one address and stands for users with many.
                "heliograph.passwords.per-address",
                "1000");
    }

    private Path signingKeys() {
        try {
            return Files.writeString(folder.resolve("signing-keys.json"), issuer.privateKeys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
