package io.heliograph.user.session;

import static io.heliograph.user.Person.post;
import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.SpentTokens;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class SessionTest {

    /** Set by {@link EmbeddedStores}. */
    PostgresServer postgres;

    @Test
    void shouldSignInByNameOrAddressIgnoringCase() {
        Person ada = Person.register();
        for (String login : List.of(ada.username(), ada.email(), ada.email().toUpperCase(Locale.ROOT))) {
            Person.signIn(login, ada.password())
                    .then()
                    .statusCode(200)
                    .body("tokenType", equalTo("Bearer"))
                    .body("expiresIn", equalTo(900));
        }
    }

    @Test
    void shouldRespondAlikeToAWrongPasswordAndAnUnknownUser() {
        Person ada = Person.register();
        Response wrong = Person.signIn(ada.username(), "not the password");
        Response unknown = Person.signIn("nobody-at-all", ada.password());

        assertProblem(wrong, 401, "bad_credentials");
        assertProblem(unknown, 401, "bad_credentials");
        assertEquals((String) wrong.path("detail"), unknown.path("detail"));
    }

    @Test
    void shouldRenewASession() {
        Person ada = Person.register();
        String first = ada.signIn().path("refreshToken");

        Response renewed = refresh(first);

        renewed.then().statusCode(200).body("refreshToken", not(equalTo(first)));
        given().auth()
                .oauth2(renewed.path("accessToken"))
                .get("/api/users/me")
                .then()
                .statusCode(200)
                .body("username", equalTo(ada.username()));
        refresh(renewed.path("refreshToken")).then().statusCode(200);
    }

    @Test
    void shouldReturnTheSameTokensAfterALostResponse() {
        Person ada = Person.register();
        String token = ada.signIn().path("refreshToken");

        Response lost = refresh(token);
        Response again = refresh(token);

        lost.then().statusCode(200);
        again.then().statusCode(200).header("Cache-Control", "no-store");
        assertEquals((String) lost.path("refreshToken"), again.path("refreshToken"));
        assertEquals((String) lost.path("accessToken"), again.path("accessToken"));
        assertTrue(again.<Integer>path("expiresIn") <= lost.<Integer>path("expiresIn"));
        given().auth()
                .oauth2(again.path("accessToken"))
                .get("/api/users/me")
                .then()
                .statusCode(200);
        refresh(again.path("refreshToken")).then().statusCode(200);
    }

    @Test
    void shouldReturnTheSameTokensToConcurrentRenewals() {
        String token = Person.register().signIn().path("refreshToken");
        List<CompletableFuture<Response>> answers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> refresh(token)))
                .limit(6)
                .toList();

        Set<String> pairs = answers.stream()
                .map(CompletableFuture::join)
                .map(answer -> {
                    answer.then().statusCode(200);
                    return answer.<String>path("refreshToken") + answer.<String>path("accessToken");
                })
                .collect(Collectors.toSet());

        assertEquals(1, pairs.size());
    }

    @Test
    void shouldStoreNoTokensInPlainText() throws SQLException {
        String token = Person.register().signIn().path("refreshToken");
        Response renewed = refresh(token);

        try (Connection connection = Database.connect(postgres);
                Statement statement = connection.createStatement()) {
            String stored = Database.lines(
                    statement, "select encode(successor, 'escape') from refresh_tokens where successor is not null");
            assertFalse(stored.isEmpty());
            assertFalse(stored.contains(renewed.path("refreshToken")));
            assertFalse(stored.contains("eyJ"));
        }
    }

    @Test
    void shouldDeleteTheSuccessorOnceItIsNotReturnedAgain() throws SQLException {
        String first = Person.register().signIn().path("refreshToken");
        String second = refresh(first).path("refreshToken");
        SpentTokens.age(postgres);
        refresh(second).then().statusCode(200);

        try (Connection connection = Database.connect(postgres);
                Statement statement = connection.createStatement()) {
            assertEquals(
                    "t\n",
                    Database.lines(
                            statement,
                            "select successor is null from refresh_tokens where hash = sha256('" + first + "')"));
        }
    }

    @Test
    void shouldEndTheSessionWhenAnOldRefreshTokenIsReused() throws SQLException {
        String stolen = Person.register().signIn().path("refreshToken");
        String next = refresh(stolen).path("refreshToken");
        SpentTokens.age(postgres);

        assertProblem(refresh(stolen), 401, "invalid_refresh_token");
        assertProblem(refresh(next), 401, "invalid_refresh_token");
    }

    @Test
    void shouldKeepOtherSessionsWhenOneIsEnded() throws SQLException {
        Person ada = Person.register();
        String stolen = ada.signIn().path("refreshToken");
        String other = ada.signIn().path("refreshToken");
        refresh(stolen);
        SpentTokens.age(postgres);
        assertProblem(refresh(stolen), 401, "invalid_refresh_token");
        refresh(other).then().statusCode(200);
    }

    @Test
    void shouldEndTheSessionOnConcurrentReusesOfAnOldToken() throws SQLException {
        String stolen = Person.register().signIn().path("refreshToken");
        String next = refresh(stolen).path("refreshToken");
        SpentTokens.age(postgres);
        List<CompletableFuture<Integer>> answers = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> refresh(stolen).statusCode()))
                .limit(6)
                .toList();

        assertEquals(Set.of(401), answers.stream().map(CompletableFuture::join).collect(Collectors.toSet()));
        assertProblem(refresh(next), 401, "invalid_refresh_token");
    }

    @Test
    void shouldSignOut() {
        String token = Person.register().signIn().path("refreshToken");
        post("/api/auth/logout", Map.of("refreshToken", token)).then().statusCode(204);
        assertProblem(refresh(token), 401, "invalid_refresh_token");
        post("/api/auth/logout", Map.of("refreshToken", token)).then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "eyJhbGciOiJub25lIn0.e30.", "' or 1=1 --", "\u0000"})
    void shouldRejectAnUnknownRefreshToken(String token) {
        assertProblem(refresh(token), 401, "invalid_refresh_token");
    }

    @Test
    void shouldRejectATruncatedRefreshToken() {
        String token = Person.register().signIn().path("refreshToken");
        assertProblem(refresh(token.substring(1)), 401, "invalid_refresh_token");
        refresh(token).then().statusCode(200);
    }

    @Test
    void shouldRejectAnAccessTokenInPlaceOfARefreshToken() {
        String token = Person.register().accessToken();
        assertProblem(refresh(token), 400, "invalid_request").body("errors.field", equalTo(List.of("refreshToken")));
    }

    @Test
    void shouldRejectARefreshTokenInPlaceOfAnAccessToken() {
        String token = Person.register().signIn().path("refreshToken");
        assertProblem(given().auth().oauth2(token).get("/api/users/me"), 401, "invalid_token");
        refresh(token).then().statusCode(200);
    }

    @Test
    void shouldEndTheSessionWhenASpentRefreshTokenIsSignedOut() {
        String first = Person.register().signIn().path("refreshToken");
        String second = refresh(first).path("refreshToken");
        post("/api/auth/logout", Map.of("refreshToken", first)).then().statusCode(204);
        assertProblem(refresh(second), 401, "invalid_refresh_token");
    }

    @Test
    void shouldSignOutDuringARenewal() {
        Person ada = Person.register();
        for (int i = 0; i < 10; i++) {
            String token = ada.signIn().path("refreshToken");
            CompletableFuture<Integer> renewal =
                    CompletableFuture.supplyAsync(() -> refresh(token).statusCode());
            post("/api/auth/logout", Map.of("refreshToken", token)).then().statusCode(204);
            assertTrue(List.of(200, 401).contains(renewal.join()), "answered " + renewal.join());
        }
    }

    @Test
    void shouldEndTheOldestSessionWhenThereAreTooMany() {
        Person ada = Person.register();
        String oldest = ada.signIn().path("refreshToken");
        String second = ada.signIn().path("refreshToken");
        // The limit is 3 in tests.
        ada.signIn();
        ada.signIn();
        assertProblem(refresh(oldest), 401, "invalid_refresh_token");
        refresh(second).then().statusCode(200);
    }

    @Test
    void shouldRejectALoginThatNoAccountCanHave() {
        assertProblem(post("/api/auth/login", Map.of("login", "a\0b", "password", "something")), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("login")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "password"})
    void shouldBoundTheFieldsOfASignIn(String field) {
        Map<String, String> body = new HashMap<>(Map.of("login", "someone", "password", "something"));
        body.put(field, "x".repeat(1025));
        assertProblem(post("/api/auth/login", body), 400, "invalid_request")
                .body("errors.field", equalTo(List.of(field)));
    }

    private static Response refresh(String token) {
        return post("/api/auth/refresh", Map.of("refreshToken", token));
    }
}
