package io.heliograph.user.account.profile;

import static io.heliograph.user.Person.post;
import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The remains of a deleted account. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class DeletionTest {

    private static final String ME = "/api/users/me";

    RedisServer redis;

    /** Set by the test resource. */
    PostgresServer postgres;

    private Person ada;
    private String token;

    @BeforeEach
    void register() {
        ada = Person.register();
        token = ada.accessToken();
    }

    @Test
    void shouldHideADeletedAccountAndRejectItsSignIns() {
        Person grace = Person.register();

        delete();

        assertProblem(grace.asks().get("/api/users/" + ada.id()), 404, "user_not_found");
        grace.asks()
                .get("/api/users?ids=" + ada.id() + "," + grace.id())
                .then()
                .body("items.id", equalTo(List.of(grace.id().toString())));
        assertProblem(ada.signIn(), 401, "bad_credentials");
        assertProblem(Person.signIn(ada.email(), ada.password()), 401, "bad_credentials");
    }

    @Test
    void shouldRejectItsOwnTokenAndEndItsSessions() {
        Response other = ada.signIn();

        delete();

        Map<String, String> refresh = Map.of("refreshToken", other.path("refreshToken"));
        assertProblem(post("/api/auth/refresh", refresh), 401, "invalid_refresh_token");
        assertProblem(asks().get(ME), 401, "token_revoked");
        assertProblem(asks().delete(ME), 401, "token_revoked");
        Response patched = asks().contentType(ContentType.JSON)
                .body(Map.of("displayName", "Ada"))
                .patch(ME);
        assertProblem(patched, 401, "token_revoked")
                .header("WWW-Authenticate", equalTo("Bearer error=\"invalid_token\""));
    }

    @Test
    void shouldPublishTheRevocationOfTheAccount() {
        delete();

        // Without waiting: it is published before the response.
        assertNotNull(redis.execute("ZSCORE heliograph:revocations user:" + ada.id()));
    }

    @Test
    void shouldKeepOnlyTheIdOfTheAccount() throws SQLException {
        delete();

        String left = row("select u::text from users u where id = '%s'".formatted(ada.id()));
        assertFalse(left.contains(ada.username()), left);
        assertEquals("0", row("select count(*) from sessions where user_id = '%s'".formatted(ada.id())));
        assertFalse(row("select string_agg(r::text, ' ') from reserved_names r").contains(ada.username()));
    }

    @Test
    void shouldReleaseTheNamesAfterThePeriodAndNotBefore() throws SQLException {
        delete();

        String upper = ada.username().toUpperCase(Locale.ROOT);
        assertProblem(Person.tryRegister(upper, "new" + ada.email()), 409, "username_taken");
        assertProblem(
                Person.tryRegister("x" + ada.username(), ada.email().toUpperCase(Locale.ROOT)), 409, "email_taken");

        passTimeOfNames();

        Person.tryRegister(ada.username(), ada.email()).then().statusCode(201);
        ada.asks().get(ME).then().statusCode(200).body("username", equalTo(ada.username()));
    }

    @Test
    void shouldReserveTheNameDuringTheDeletion() {
        List<CompletableFuture<Integer>> hopefuls = IntStream.range(0, 4)
                .mapToObj(n -> CompletableFuture.supplyAsync(() ->
                        Person.tryRegister(ada.username(), n + ada.email()).statusCode()))
                .toList();

        delete();

        assertEquals(
                List.of(409, 409, 409, 409),
                hopefuls.stream().map(CompletableFuture::join).toList());
    }

    @Test
    void shouldNotOpenASessionOfAConcurrentlyDeletedAccount() {
        List<CompletableFuture<Response>> signIns = IntStream.range(0, 3)
                .mapToObj(n -> CompletableFuture.supplyAsync(ada::signIn))
                .toList();

        delete();

        for (CompletableFuture<Response> signIn : signIns) {
            Response answer = signIn.join();
            if (answer.statusCode() == 200) {
                Map<String, String> refresh = Map.of("refreshToken", answer.path("refreshToken"));
                assertProblem(post("/api/auth/refresh", refresh), 401, "invalid_refresh_token");
            } else {
                assertProblem(answer, 401, "bad_credentials");
            }
        }
    }

    /** Ends the period for which her names are reserved. */
    private void passTimeOfNames() throws SQLException {
        Database.run(postgres, "update reserved_names set until = now() where user_id = '%s'".formatted(ada.id()));
    }

    private void delete() {
        asks().delete(ME).then().statusCode(204);
    }

    private RequestSpecification asks() {
        return given().auth().oauth2(token);
    }

    private String row(String query) throws SQLException {
        String url = "jdbc:" + postgres.reactiveUrl() + "?currentSchema=user_service";
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
