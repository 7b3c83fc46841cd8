package io.heliograph.user.store;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Meters;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bounds of the connections to PostgreSQL, made so small that a test meets them. */
@QuarkusTest
@TestProfile(PoolTest.Small.class)
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class PoolTest {

    private static final int CALLERS = 30;
    private static final Duration SOON = Duration.ofSeconds(20);

    public static final class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "heliograph.store.min-size", "2",
                    "heliograph.store.max-size", "4",
                    "heliograph.store.max-waiting", "6",
                    "heliograph.store.statement-timeout", "1S",
                    "heliograph.store.timeout", "2S",
                    "heliograph.store.idle-lifetime", "3S");
        }
    }

    PostgresServer postgres;

    @Test
    void shouldPutCallersOffInTimeWhileThePoolIsExhaustedAndThenServeThem() throws Exception {
        String token = Person.register().accessToken();
        List<Response> answers;
        try (Connection owner = connect();
                var lock = owner.createStatement()) {
            owner.setAutoCommit(false);
            lock.execute("lock table user_service.users in access exclusive mode");

            answers = askAtOnce(token);

            assertEquals(4, connections());
            owner.rollback();
        }

        for (Response answer : answers) {
            String code = answer.path("code");
            assertTrue(List.of("overloaded", "store_unavailable").contains(code), code);
            assertProblem(answer, 503, code).header("Retry-After", matchesPattern("[1-9]\\d*"));
            assertTrue(answer.time() < 5_000, "put off after ms: " + answer.time());
        }
        assertTrue(count(answers, "overloaded") >= CALLERS - 4 - 6, "past the queue at once");
        assertTrue(count(answers, "store_unavailable") >= 4, "those who got a connection");
        me(token).then().statusCode(200);
        await().atMost(SOON).until(() -> Meters.of("sql_pool_active") == 0);
    }

    @Test
    void shouldKeepTheLeastNumberOfConnectionsAndGiveBackTheOthers() throws Exception {
        Person.register();

        await().atMost(SOON).until(() -> connections() == 2);
        await().during(Duration.ofSeconds(6)).atMost(SOON).until(() -> connections() == 2);
    }

    private static List<Response> askAtOnce(String token) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<Response>> asked = IntStream.range(0, CALLERS)
                    .mapToObj(number -> callers.submit(() -> me(token)))
                    .toList();
            List<Response> answers = new ArrayList<>();
            for (Future<Response> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            callers.shutdown();
        }
    }

    private static long count(List<Response> answers, String code) {
        return answers.stream()
                .filter(answer -> code.equals(answer.path("code")))
                .count();
    }

    private int connections() throws SQLException {
        try (Connection connection = connect();
                var count = connection
                        .createStatement()
                        .executeQuery(
                                "select count(*) from pg_stat_activity where application_name = 'user-service'")) {
            count.next();
            return count.getInt(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
    }

    private static Response me(String token) {
        return given().auth().oauth2(token).get("/api/users/me");
    }
}
