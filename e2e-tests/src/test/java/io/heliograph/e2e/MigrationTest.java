package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Database;
import io.heliograph.e2e.testsupport.HangingPort;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.PackagedService;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Jobs of the chart do before the pods change, each test with a database of its own. */
@ExtendWith(RunningHeliograph.class)
@Execution(ExecutionMode.CONCURRENT)
class MigrationTest {

    private final PostgresServer postgres;
    private final Database database;

    MigrationTest(Heliograph heliograph) {
        this.postgres = heliograph.postgres();
        this.database = Database.make(postgres);
    }

    @ParameterizedTest
    @CsvSource({"user-service, user_service", "message-service, message_service"})
    void shouldMigrateAndExitWithOnlyPostgres(String service, String schema) throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Map<String, String> environment = environment();
            // It could not open it, and does not try.
            environment.put("QUARKUS_HTTP_PORT", Integer.toString(taken.getLocalPort()));
            environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(taken.getLocalPort()));
            environment.put("QUARKUS_REDIS_HOSTS", "redis://localhost:1");

            PackagedService migration = PackagedService.start(service, environment);

            assertEquals(0, migration.end(), migration::output);
            assertTrue(database.count(applied(schema)) > 0);
            assertTrue(migration.output().contains("The schema is migrated"), migration::output);
            // The message of Quarkus after five seconds.
            assertFalse(migration.output().contains("Gracefully exiting"), migration::output);
        }
    }

    @ParameterizedTest
    @CsvSource({"user-service, user_service", "message-service, message_service"})
    void shouldMigrateOnceWhenTwoStartTogether(String service, String schema) {
        PackagedService one = PackagedService.start(service, environment());
        PackagedService other = PackagedService.start(service, environment());

        assertEquals(0, one.end(), one::output);
        assertEquals(0, other.end(), other::output);
        assertEquals(
                0,
                database.count("select count(*) - count(distinct version) from " + schema
                        + ".flyway_schema_history where version is not null"));
    }

    @Test
    void shouldNotChangeANewerSchema() {
        PackagedService ahead = PackagedService.start("user-service", environment());
        assertEquals(0, ahead.end(), ahead::output);
        database.run("""
                insert into user_service.flyway_schema_history
                    (installed_rank, version, description, type, script, installed_by, execution_time, success)
                values (1000, '1000', 'of a later release', 'SQL', 'V1000__later.sql', 'someone', 1, true)
                """);

        PackagedService afterRollback = PackagedService.start("user-service", environment());

        assertEquals(0, afterRollback.end(), afterRollback::output);
        assertEquals(
                1, database.count("select count(*) from user_service.flyway_schema_history where version = '1000'"));
    }

    @Test
    void shouldFailWhereItCannotMigrate() {
        database.run("create schema message_service");
        database.run("create table message_service.not_ours (id int)");

        PackagedService migration = PackagedService.start("message-service", environment());

        assertEquals(1, migration.end(), migration::output);
        assertTrue(migration.output().contains("non-empty schema"), migration::output);
    }

    @Test
    void shouldWaitForPostgres() {
        int port = FreePorts.next();
        Map<String, String> environment = environment();
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl(port));

        PackagedService migration = PackagedService.start("user-service", environment);
        await().until(() -> migration.output().contains("Retrying"));
        try (HangingPort late = HangingPort.open(port)) {
            late.passOnTo(postgres.port());

            assertEquals(0, migration.end(), migration::output);
        }
    }

    @Test
    void shouldFailAfterItsRetriesWithoutPostgres() {
        Map<String, String> environment = environment();
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:1/nobody");
        environment.put("QUARKUS_FLYWAY_CONNECT_RETRIES", "1");

        PackagedService migration = PackagedService.start("message-service", environment);

        assertEquals(1, migration.end(), migration::output);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_INIT_AND_EXIT", "true");
        environment.put("QUARKUS_FLYWAY_CONNECT_RETRIES_INTERVAL", "5S");
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", PostgresServer.USER);
        return environment;
    }

    private static String applied(String schema) {
        return "select count(*) from " + schema + ".flyway_schema_history where version is not null and success";
    }
}
