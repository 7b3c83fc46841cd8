package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.e2e.testsupport.Database;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.PackagedService;
import io.heliograph.e2e.testsupport.PgBouncer;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.OpenIdProvider;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services whose PostgreSQL is behind a PgBouncer that is configured by docs/pgbouncer.ini. */
@ExtendWith(RunningHeliograph.class)
@Execution(ExecutionMode.CONCURRENT)
class PgBouncerTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Statements that wait for a lock. */
    private static final String WAITING = """
            select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
            """;

    private final Heliograph heliograph;
    private final Database database;

    PgBouncerTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.database = Database.make(heliograph.postgres());
    }

    @BeforeAll
    static void lookForPgBouncer() {
        if (PgBouncer.program().isEmpty()) {
            System.err.println("WARNING: PgBouncer is not installed: pooling of sessions is NOT tested");
        }
        assumeTrue(PgBouncer.program().isPresent(), "PgBouncer is not installed");
    }

    @ParameterizedTest
    @CsvSource({"user-service, /api/users/me, user_service.users", "message-service, /api/rooms, message_service.rooms"
    })
    void shouldMigrateAndServeWithTheSettingsOfItsSessions(String service, String path, String table) throws Exception {
        try (PgBouncer pooler = PgBouncer.start(heliograph.postgres(), "session")) {
            Map<String, String> environment = environment(database.reactiveUrl(pooler.port()));
            try (PackagedService running = PackagedService.start(service, environment)) {
                await().untilAsserted(() -> assertEquals(200, ready(environment), running::output));
                String token = token();
                assertEquals(200, get(environment, path, token), running::output);

                try (Database.Lock lock = database.lock(table)) {
                    assertEquals(503, get(environment, path, token), running::output);
                    // By a timeout of the session: nothing else ends them while the lock is held.
                    await().until(() -> database.count(WAITING) == 0);
                }

                await().untilAsserted(() -> assertEquals(200, get(environment, path, token), running::output));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"user-service, transaction", "message-service, transaction", "message-service, statement"})
    void shouldNotBeReadyWithoutSessionPooling(String service, String mode) throws Exception {
        Map<String, String> migrating = environment(database.reactiveUrl());
        migrating.put("QUARKUS_INIT_AND_EXIT", "true");
        try (PackagedService migration = PackagedService.start(service, migrating)) {
            assertEquals(0, migration.end(), migration::output);
        }
        try (PgBouncer pooler = PgBouncer.start(heliograph.postgres(), mode)) {
            Map<String, String> environment = withoutMigration(database.reactiveUrl(pooler.port()));
            assertUnready(service, environment, "does not pool sessions (PgBouncer: pool_mode = session)");
        }
    }

    @ParameterizedTest
    @CsvSource({"user-service", "message-service"})
    void shouldNotBeReadyWithoutItsTables(String service) throws Exception {
        assertUnready(service, withoutMigration(database.reactiveUrl()), "there are no tables of this service");
    }

    private static void assertUnready(String service, Map<String, String> environment, String reason) {
        try (PackagedService running = PackagedService.start(service, environment)) {
            await().untilAsserted(() -> assertEquals(503, ready(environment), running::output));
            await().untilAsserted(() -> {
                assertEquals(503, ready(environment), running::output);
                assertTrue(running.output().contains(reason), running::output);
            });
        }
    }

    private Map<String, String> withoutMigration(String url) {
        Map<String, String> environment = environment(url);
        environment.put("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");
        return environment;
    }

    private Map<String, String> environment(String url) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(FreePorts.next()));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(FreePorts.next()));
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", url);
        environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", PostgresServer.USER);
        // It knows the accounts of the other issuer's people.
        String users = heliograph.stack().replicas(Service.USER).get(0).http("").toString();
        environment.put("QUARKUS_REST_CLIENT_USERS_URL", users);
        environment.put("QUARKUS_REDIS_HOSTS", heliograph.redis().serviceUrl());
        environment.put(
                "HELIOGRAPH_TOKENS_SIGNING_KEYS", heliograph.signingKeys().toString());
        environment.put(
                "HELIOGRAPH_TOKENS_ISSUERS_OTHER_ISSUER",
                heliograph.otherIssuer().issuer());
        environment.put("HELIOGRAPH_TOKENS_ISSUERS_OTHER_AUDIENCE", OpenIdProvider.AUDIENCE);
        return environment;
    }

    private String token() {
        return heliograph
                .otherIssuer()
                .token("RS256", claims -> claims.setSubject(UUID.randomUUID().toString()));
    }

    private static int ready(Map<String, String> environment) throws IOException, InterruptedException {
        return status(HttpRequest.newBuilder(
                URI.create("http://localhost:" + environment.get("QUARKUS_MANAGEMENT_PORT") + "/q/health/ready")));
    }

    private static int get(Map<String, String> environment, String path, String token)
            throws IOException, InterruptedException {
        return status(
                HttpRequest.newBuilder(URI.create("http://localhost:" + environment.get("QUARKUS_HTTP_PORT") + path))
                        .header("Authorization", "Bearer " + token));
    }

    /** 0 while nothing listens. */
    private static int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (ConnectException notYet) {
            return 0;
        }
    }
}
