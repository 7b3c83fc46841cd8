package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.e2e.testsupport.Database;
import io.heliograph.e2e.testsupport.HangingPort;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.PackagedService;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.ClassArchive;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.localstack.store.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service does before it is ready: while its PostgreSQL does not answer, and where its start fails. */
@ExtendWith(RunningHeliograph.class)
@Execution(ExecutionMode.CONCURRENT)
class StartUpTest {

    private final Heliograph heliograph;
    private final Database database;

    StartUpTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.database = Database.make(heliograph.postgres());
    }

    @Test
    void shouldWaitForAHangingPostgres() {
        try (HangingPort postgres = HangingPort.open();
                PackagedService users = PackagedService.start("user-service", environment(postgres.port()))) {
            // The first attempt has met its time-out by then.
            await().until(() -> users.output().contains("Retrying"));

            postgres.passOnTo(heliograph.postgres().port());

            await().until(() -> users.output().contains(" started in ") || !users.isAlive());
            assertTrue(users.isAlive(), users::output);
            assertNoStackTrace(users);
            assertEquals(3, database.count("select count(*) from user_service.users"));
        }
    }

    @Test
    void shouldWaitForALockedTableAndThenMakeItsAccounts() throws Exception {
        try (PackagedService migration = PackagedService.start("user-service", migrating())) {
            assertEquals(0, migration.end(), migration::output);
        }
        try (Database.Lock lock = database.lock("user_service.users");
                PackagedService users = PackagedService.start(
                        "user-service", environment(heliograph.postgres().port()))) {
            await().until(() -> users.output().contains("The start waits for PostgreSQL to make the demo accounts"));

            lock.close();

            await().until(() -> users.output().contains(" started in ") || !users.isAlive());
            assertTrue(users.isAlive(), users::output);
            assertNoStackTrace(users);
            assertEquals(3, database.count("select count(*) from user_service.users"));
        }
    }

    @Test
    void shouldReportInOneLineThatItGivesUpAtTheDeadline() throws Exception {
        try (PackagedService migration = PackagedService.start("user-service", migrating())) {
            assertEquals(0, migration.end(), migration::output);
        }
        Map<String, String> environment = environment(heliograph.postgres().port());
        environment.put("HELIOGRAPH_START_DEADLINE", "1S");
        try (Database.Lock lock = database.lock("user_service.users");
                PackagedService users = PackagedService.start("user-service", environment)) {
            assertEquals(1, users.end(), users::output);
            assertTrue(users.output().contains("user-service gives up its start: the demo accounts"), users::output);
            assertNoStackTrace(users);
        }
    }

    /** By then all background work has begun, and all of it must end. */
    @ParameterizedTest
    @ValueSource(strings = {"user-service", "message-service", "gateway-service"})
    void shouldExitWithoutAStackTraceWhenItsPortIsTaken(String module) throws IOException {
        try (ServerSocket occupant = new ServerSocket(0)) {
            int port = occupant.getLocalPort();
            Map<String, String> environment = module.equals("user-service")
                    ? environment(heliograph.postgres().port())
                    : verifying();
            environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
            try (PackagedService service = PackagedService.start(module, environment)) {
                assertEquals(1, service.end(), service::output);
                assertTrue(service.output().contains("Port " + port + " seems to be in use"), service::output);
                assertNoStackTrace(service);
            }
        }
    }

    /** Otherwise each start costs half as much again, and nothing but the time of all tests would show it. */
    @ParameterizedTest
    @EnumSource
    @EnabledOnOs(OS.LINUX)
    void shouldMapTheArchiveOfItsClasses(Service service) throws IOException {
        ClassArchive archive = ClassArchive.of(Heliograph.home().resolve(service.module()));
        assumeTrue(archive.isCurrent(), "a run of chosen tests makes none");

        ServiceProcess replica = heliograph.stack().replicas(service).get(0);

        String maps = Files.readString(Path.of("/proc/" + replica.handle().pid() + "/maps"));
        assertTrue(maps.contains(archive.file().toString()), maps);
    }

    /** Stack traces of our code; those that Vert.x logs for slow threads only show a slow machine. */
    private static void assertNoStackTrace(PackagedService service) {
        assertFalse(service.output().contains("Failed to start application"), service::output);
        assertFalse(service.output().contains("\tat io.heliograph"), service::output);
    }

    private Map<String, String> migrating() {
        Map<String, String> environment = environment(heliograph.postgres().port());
        environment.put("QUARKUS_INIT_AND_EXIT", "true");
        return environment;
    }

    /** Of a service that makes no tokens. */
    private Map<String, String> verifying() {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_MANAGEMENT_PORT", "0");
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", PostgresServer.USER);
        environment.put("QUARKUS_REDIS_HOSTS", heliograph.redis().serviceUrl());
        String users = heliograph.users().address().toString();
        environment.put("QUARKUS_REST_CLIENT_USERS_URL", users);
        environment.put("HELIOGRAPH_TOKENS_JWKS_URL", users + "/.well-known/jwks.json");
        environment.put("HELIOGRAPH_GATEWAY_UPSTREAMS_USERS_URLS", users);
        environment.put("HELIOGRAPH_GATEWAY_UPSTREAMS_MESSAGES_URLS", users);
        return environment;
    }

    private Map<String, String> environment(int postgresPort) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.put("QUARKUS_MANAGEMENT_PORT", "0");
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl(postgresPort));
        environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", PostgresServer.USER);
        // So that it tries again soon.
        environment.put("HELIOGRAPH_DATABASE_TIMEOUT", "1S");
        environment.put("QUARKUS_REDIS_HOSTS", heliograph.redis().serviceUrl());
        environment.put(
                "HELIOGRAPH_TOKENS_SIGNING_KEYS", heliograph.signingKeys().toString());
        environment.put("HELIOGRAPH_DEMO_ACCOUNTS", "true");
        environment.put("HELIOGRAPH_DEMO_PASSWORD", "only for this test");
        return environment;
    }
}
