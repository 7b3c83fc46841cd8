package io.heliograph.user.database;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.ManagementPort;
import io.heliograph.testsupport.Meters;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class HealthTest {

    PostgresServer postgres;
    RedisServer redis;

    @AfterEach
    void recover() {
        postgres.start();
        redis.start();
    }

    @Test
    void shouldBeUnreadyButAliveWithoutPostgres() {
        management("/health/ready").then().statusCode(200);

        postgres.stop();

        management("/health/ready").then().statusCode(503).body("checks.status", hasItem("DOWN"));
        assertEquals(1, Meters.of("heliograph_database_unavailable"));
        management("/health/live").then().statusCode(200);
        postgres.start();
        await().untilAsserted(() -> management("/health/ready").then().statusCode(200));
        assertEquals(0, Meters.of("heliograph_database_unavailable"));
    }

    @Test
    void shouldBeReadyWithoutRedis() {
        redis.kill();
        management("/health/ready").then().statusCode(200);
        Person.register().signIn().then().statusCode(200);
    }

    /** They are of JDBC, which gives them a name of its own. */
    @Test
    void shouldKeepNoConnectionOfFlyway() {
        await().until(() -> Database.count(postgres, """
                        select count(*) from pg_stat_activity where datname = current_database()
                          and application_name = 'PostgreSQL JDBC Driver' and pid <> pg_backend_pid()
                        """) == 0);
    }

    @Test
    void shouldExportMetricsOfSignInsHashingAndRequests() {
        Person.register().signIn();
        Person.signIn("nobody-at-all", "not the password");
        management("/metrics")
                .then()
                .statusCode(200)
                .body(containsString("heliograph_audit_events_total{event=\"sign_in\",outcome=\"done\"}"))
                .body(containsString("heliograph_audit_events_total{event=\"sign_in\",outcome=\"bad_credentials\"}"))
                .body(containsString("worker_pool_queue_size{pool_name=\"passwords\""))
                .body(containsString("heliograph_event_loop_lag_seconds{loop=\"0\""))
                .body(containsString("heliograph_session_revocations_total{result=\"lost\""))
                .body(containsString("http_server_requests_seconds_bucket"));
    }

    @Test
    void shouldKeepHealthAndMetricsOffThePublicPort() {
        given().get("/q/health/ready").then().statusCode(404);
        given().get("/q/metrics").then().statusCode(404);
        given().get("/q/openapi").then().statusCode(200).body(containsString("/api/auth/login"));
    }

    private static Response management(String path) {
        return given().get(ManagementPort.uri(path));
    }
}
