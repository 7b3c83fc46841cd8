package io.heliograph.user.database;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.Meters;
import io.heliograph.testsupport.OtherIssuers;
import io.heliograph.user.Passwordless;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bounds of the connections to PostgreSQL, made so small that a test meets them. */
@QuarkusTest
@TestProfile(Passwordless.class)
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class PoolTest {

    private static final int CALLERS = 30;

    PostgresServer postgres;
    OtherIssuers issuers;

    @AfterEach
    void reset() {
        SettableDatabaseConfig.reset();
    }

    @Test
    @Timeout(120)
    void shouldReportOverloadWhileThePoolIsExhaustedAndRecoverAfterwards() throws Exception {
        String token = someone();
        List<Response> answers = new ArrayList<>();
        try (Connection owner = connect();
                var lock = owner.createStatement()) {
            owner.setAutoCommit(false);
            lock.execute("lock table user_service.users in access exclusive mode");
            SettableDatabaseConfig.timeout(Duration.ofSeconds(1));

            while (count(answers, "overloaded") == 0 || count(answers, "store_unavailable") == 0) {
                answers.addAll(askAtOnce(token));
                assertTrue(connections() <= Passwordless.CONNECTIONS);
            }
            owner.rollback();
            SettableDatabaseConfig.reset();
        }

        for (Response answer : answers) {
            String code = answer.path("code");
            assertTrue(List.of("overloaded", "store_unavailable").contains(code), code);
            assertProblem(answer, 503, code).header("Retry-After", matchesPattern("[1-9]\\d*"));
        }
        me(token).then().statusCode(200);
        await().until(() -> Meters.of("sql_pool_active") == 0);
    }

    @Test
    void shouldKeepTheMinimumOfConnectionsAndCloseIdleOnes() throws Exception {
        askAtOnce(someone());

        await().until(() -> connections() == Passwordless.KEPT_CONNECTIONS
                && connectionsOlderThan(2 * Passwordless.IDLE_SECONDS) == Passwordless.KEPT_CONNECTIONS);
    }

    private String someone() {
        String token = issuers.chat()
                .token("RS256", claims -> claims.setSubject(UUID.randomUUID().toString()));
        me(token).then().statusCode(200);
        return token;
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
        return connectionsOlderThan(0);
    }

    private int connectionsOlderThan(int seconds) throws SQLException {
        String query = """
                select count(*) from pg_stat_activity
                where application_name = 'user-service' and datname = current_database()
                  and backend_start <= now() - make_interval(secs => %d)
                """.formatted(seconds);
        try (Connection connection = connect();
                var count = connection.createStatement().executeQuery(query)) {
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
