package io.heliograph.user.database;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.process.Processes;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.Meters;
import io.heliograph.testsupport.ReplicatedStores;
import io.heliograph.testsupport.ReplicatedStores.Pair;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.heliograph.user.WithStandby;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads are shared with a real standby; clients do not notice that it is behind or down. */
@QuarkusTest
@TestProfile(WithStandby.class)
@WithTestResource(ReplicatedStores.class)
@WithTestResource(TestSettings.class)
class ReadPoolTest {

    Pair postgres;

    private Person ada;
    private String token;

    @BeforeEach
    void someone() {
        ada = Person.register();
        token = ada.accessToken();
    }

    @AfterEach
    void startWhatWasStopped() throws SQLException {
        postgres.standby().start();
        onStandby("select pg_wal_replay_resume()");
    }

    @Test
    void shouldReadFromTheStandbyOnceItHasCaughtUp() {
        for (String path : List.of("/api/users/me", "/api/users/" + ada.id(), "/api/users?ids=" + ada.id())) {
            awaitUseOfTheStandby(path);
        }
        for (PostgresServer server : List.of(postgres.primary(), postgres.standby())) {
            String pool = "{pool_name=\"localhost:" + server.port() + "\"";
            for (String meter : List.of("sql_pool_active", "sql_pool_idle", "sql_pool_queue_size")) {
                assertTrue(Meters.all().contains(meter + pool), meter + pool);
            }
        }
    }

    @Test
    void shouldShowNewChangesWhileTheStandbyIsBehind() throws SQLException {
        awaitUseOfTheStandby("/api/users/me");
        onStandby("select pg_wal_replay_pause()");
        double behind = reads("behind");

        Person grace = Person.register();

        get("/api/users/" + grace.id()).then().statusCode(200).body("username", equalTo(grace.username()));
        get("/api/users?ids=" + grace.id() + "," + ada.id())
                .then()
                .body("items.username", contains(grace.username(), ada.username()));
        grace.asks().get("/api/users/me").then().statusCode(200).body("email", equalTo(grace.email()));
        assertTrue(reads("behind") >= behind + 3, "reads that the standby was behind for");

        onStandby("select pg_wal_replay_resume()");
        awaitUseOfTheStandby("/api/users/me");
    }

    @Test
    void shouldReadFromThePrimaryWhileTheStandbyIsDown() {
        awaitUseOfTheStandby("/api/users/me");

        postgres.standby().stop();

        for (int i = 0; i < 5; i++) {
            get("/api/users/me").then().statusCode(200).body("username", equalTo(ada.username()));
        }
        assertTrue(reads("unavailable") >= 5, "reads that the standby did not serve");

        postgres.standby().start();
        awaitUseOfTheStandby("/api/users/me");
    }

    @Test
    @Timeout(120)
    void shouldRespondWhileTheStandbyHangs() {
        awaitUseOfTheStandby("/api/users/me");
        List<ProcessHandle> backends =
                postgres.standby().process().orElseThrow().children().toList();

        backends.forEach(backend -> Processes.signal(backend, "STOP"));
        try {
            get("/api/users/me").then().statusCode(200).body("username", equalTo(ada.username()));
        } finally {
            backends.forEach(backend -> Processes.signal(backend, "CONT"));
        }
        awaitUseOfTheStandby("/api/users/me");
    }

    private void awaitUseOfTheStandby(String path) {
        double before = reads("replica");
        await().until(() -> {
            get(path).then().statusCode(200);
            return reads("replica") > before;
        });
    }

    private Response get(String path) {
        return given().auth().oauth2(token).get(path);
    }

    private static double reads(String outcome) {
        return Meters.of("heliograph_database_reads_total{outcome=\"" + outcome + "\"");
    }

    private void onStandby(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:" + postgres.standby().reactiveUrl(), PostgresServer.USER, "");
                var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }
}
