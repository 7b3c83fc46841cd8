package io.heliograph.user.audit;

import static io.heliograph.user.Person.post;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Admin;
import io.heliograph.user.AuditLines;
import io.heliograph.user.Person;
import io.heliograph.user.SpentTokens;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class AuditTest {

    /** Set by {@link EmbeddedStores}. */
    PostgresServer postgres;

    TestKeys keys;

    private final AuditLines audit = new AuditLines();

    @Test
    void shouldRecordARegistration() {
        Map<String, String> body = Map.of(
                "username",
                "r" + System.nanoTime(),
                "email",
                System.nanoTime() + "@example.org",
                "password",
                "correct horse");
        Response registered = post("/api/auth/register", body);

        JsonPath line = lineOf(registered);
        assertLine(line, "registration", "done");
        assertEquals(registered.path("id"), line.getString("user"));
    }

    @Test
    void shouldRecordEachAccountOfABatchAndItsCreator() {
        String name = "b" + Long.toHexString(System.nanoTime());
        List<Map<String, String>> rows = Stream.of(name, name, name + "2")
                .map(username -> Map.of("username", username, "email", username + "@example.org"))
                .toList();

        Response made = Admin.asks(keys).body(Map.of("users", rows)).post("/api/users/batch");

        List<JsonPath> lines = audit.of(made.header("X-Request-Id"));
        assertEquals(
                List.of(made.<String>path("results[0].user.id"), made.<String>path("results[2].user.id")),
                lines.stream().map(line -> line.getString("user")).toList());
        lines.forEach(line -> {
            assertLine(line, "registration", "done");
            assertNotNull(UUID.fromString(line.getString("by")));
        });
    }

    @Test
    void shouldRecordTheAccountTimeAndAddressOfASignIn() {
        Person ada = Person.register();
        JsonPath line = lineOf(ada.signIn());

        assertLine(line, "sign_in", "done");
        assertEquals(ada.id().toString(), line.getString("user"));
        assertNotNull(UUID.fromString(line.getString("session")));
        assertEquals("127.0.0.1", line.getString("address"));
        Duration age = Duration.between(Instant.parse(line.getString("time")), Instant.now());
        assertTrue(age.compareTo(Duration.ofMinutes(1)) < 0, age.toString());
    }

    @Test
    void shouldRecordWhyASignInFailedWithoutItsInput() {
        Person ada = Person.register();
        JsonPath wrong = lineOf(Person.signIn(ada.username(), "a wrong secret"));
        JsonPath unknown = lineOf(Person.signIn("a-secret-typed-as-login", "a wrong secret"));

        assertLine(wrong, "sign_in", "bad_credentials");
        assertEquals(ada.id().toString(), wrong.getString("user"));
        assertLine(unknown, "sign_in", "bad_credentials");
        assertNull(unknown.get("user"));
        assertFalse(audit.text().contains("secret"));
    }

    @Test
    void shouldRecordRenewalsAndReusedRefreshTokens() throws SQLException {
        Response session = Person.register().signIn();
        Map<String, String> token = Map.of("refreshToken", session.path("refreshToken"));
        JsonPath first = lineOf(post("/api/auth/refresh", token));
        JsonPath repeated = lineOf(post("/api/auth/refresh", token));
        SpentTokens.age(postgres);
        JsonPath second = lineOf(post("/api/auth/refresh", token));
        JsonPath third = lineOf(post("/api/auth/refresh", token));

        assertLine(first, "refresh", "done");
        assertLine(repeated, "refresh_repeat", "done");
        assertLine(second, "refresh_reuse", "done");
        assertEquals(first.getString("session"), second.getString("session"));
        assertLine(third, "refresh", "invalid_refresh_token");
        assertFalse(audit.text().contains(token.get("refreshToken")));
    }

    @Test
    void shouldRecordASignOutOnce() {
        Response session = Person.register().signIn();
        Map<String, String> token = Map.of("refreshToken", session.path("refreshToken"));
        JsonPath line = lineOf(post("/api/auth/logout", token));

        assertLine(line, "sign_out", "done");
        assertEquals(lineOf(session).getString("session"), line.getString("session"));
        assertEquals(List.of(), audit.of(post("/api/auth/logout", token).header("X-Request-Id")));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "'198.51.100.1, 203.0.113.7', 203.0.113.7",
        "2001:DB8::0:1, 2001:db8::1",
        "::ffff:203.0.113.7, 203.0.113.7",
        "not an address, 127.0.0.1",
        "localhost, 127.0.0.1",
        "'', 127.0.0.1"
    })
    void shouldRecordTheAddressOfTheForwardedHeader(String forwarded, String address) {
        Response answer = given().header("X-Forwarded-For", forwarded)
                .contentType(ContentType.JSON)
                .body(Map.of("login", "nobody", "password", "something"))
                .post("/api/auth/login");
        assertEquals(address, lineOf(answer).getString("address"));
    }

    private JsonPath lineOf(Response answer) {
        List<JsonPath> lines = audit.of(answer.header("X-Request-Id"));
        assertEquals(1, lines.size(), audit.text());
        return lines.get(0);
    }

    private static void assertLine(JsonPath line, String event, String outcome) {
        assertEquals(event, line.getString("event"));
        assertEquals(outcome, line.getString("outcome"));
    }
}
