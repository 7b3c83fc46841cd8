package io.heliograph.user.problem;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class ProblemTest {

    private static final String REGISTER = "/api/auth/register";

    @ParameterizedTest
    @ValueSource(strings = {"{", "nonsense", "{\"username\": \"ada\",}", "{\"username\": 'ada'}", "{\"username\": \"a"})
    void shouldReportInvalidJson(String body) {
        assertProblem(register(body), 400, "invalid_json");
    }

    @Test
    void shouldReportInvalidUtf8AsInvalidJson() {
        byte[] body = {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
        assertProblem(given().contentType(ContentType.JSON).body(body).post(REGISTER), 400, "invalid_json");
    }

    @Test
    void shouldRejectDeepNesting() {
        assertProblem(register("{\"unknown\":" + "[".repeat(5_000)), 400, "invalid_json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"username\": 42}          | username | must be text",
                "{\"username\": true}        | username | must be text",
                "{\"username\": {}}          | username | must be text",
                "{\"username\": [\"a\"]}     | username | must be text",
                "{\"password\": 12345678.5}  | password | must be text",
                "[]                          | body     | must be an object",
                "\"text\"                    | body     | must be an object",
                "42                          | body     | must be an object",
                "{} {}                       | body     | must be an object",
            })
    void shouldNameTheFieldOfTheWrongType(String body, String field, String message) {
        assertProblem(register(body), 400, "invalid_request")
                .body("errors.field", equalTo(List.of(field)))
                .body("errors.message", equalTo(List.of(message)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"username\": \"ada\", \"username\": \"eve\"}",
                "{\"username\": \"ada\", \"user\\u006eame\": \"eve\"}",
                "{\"unknown\": {\"a\": 1, \"a\": 2}}"
            })
    void shouldRejectADuplicateField(String body) {
        assertProblem(register(body), 400, "invalid_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-0.0", "123456789012345678901234567890"})
    void shouldRejectANumberInPlaceOfText(String number) {
        assertProblem(register("{\"username\": " + number + "}"), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("username")));
    }

    @Test
    void shouldRejectAHugeNumber() {
        assertProblem(register("{\"username\": " + "9".repeat(10_000) + "}"), 400, "invalid_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\ud800\"", "\"\\udc00a\"", "\"a\\u0000\"", "\"\\u202eada\"", "\"\\ufeffada\""})
    void shouldRejectInvalidTextInEachField(String text) {
        assertProblem(
                        register("{\"username\": %1$s, \"email\": %1$s, \"displayName\": %1$s, \"password\": \"x\"}"
                                .formatted(text)),
                        400,
                        "invalid_request")
                .body("errors.field", equalTo(List.of("displayName", "email", "password", "username")));
    }

    @Test
    void shouldNotRepeatARejectedValue() {
        assertProblem(register("{\"password\": 987654321}"), 400, "invalid_request")
                .body(not(containsString("987654321")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void shouldReportAMissingBody(String body) {
        assertProblem(register(body), 400, "invalid_request").body("errors.field", hasItem("body"));
    }

    @Test
    void shouldNameEveryFieldThatBreaksABound() {
        assertProblem(register("{\"username\": \"a\", \"password\": \"short\"}"), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("email", "password", "username")));
    }

    @Test
    void shouldIgnoreFieldsItDoesNotKnow() {
        assertProblem(register("{\"shoeSize\": 44}"), 400, "invalid_request")
                .body("errors.field", not(hasItem("shoeSize")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api", "/api/nothing", "/api/users/not-an-id/x", "/nowhere?x=%00", "/q/health"})
    void shouldRespondNotFoundToUnknownRoutes(String path) {
        assertProblem(given().urlEncodingEnabled(false).get(path), 404, "not_found");
    }

    @Test
    void shouldListTheAllowedMethodsOfARoute() {
        assertProblem(given().delete(REGISTER), 405, "method_not_allowed").header("Allow", equalTo("POST"));
    }

    @Test
    void shouldRejectAnUnsupportedContentType() {
        assertProblem(given().contentType(ContentType.XML).body("<a/>").post(REGISTER), 415, "unsupported_media_type");
    }

    @Test
    void shouldRejectAnUnsupportedAcceptHeader() {
        assertProblem(given().accept("image/png").get("/.well-known/jwks.json"), 406, "not_acceptable");
    }

    @Test
    void shouldListTheAllowedMethodsOfAPathOfTwoResources() {
        assertProblem(given().put("/api/users/me"), 405, "method_not_allowed")
                .header("Allow", equalTo("DELETE, GET, PATCH"));
    }

    @ParameterizedTest
    @ValueSource(ints = {16 * 1024 + 1, 20 * 1024, 1024 * 1024, 20 * 1024 * 1024})
    void shouldRejectABodyOverTheLimit(int length) {
        assertProblem(register("\"" + "x".repeat(length - 2) + "\""), 413, "body_too_large");
    }

    @Test
    void shouldRejectABodyOverTheLimitWithoutContentLength() {
        var body = new ByteArrayInputStream("x".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII));
        assertProblem(given().contentType(ContentType.JSON).body(body).post(REGISTER), 413, "body_too_large");
    }

    @Test
    void shouldReadABodyAtTheLimit() {
        String padding = " ".repeat(16 * 1024 - 2);
        assertProblem(register("{" + padding + "}"), 400, "invalid_request");
    }

    @Test
    void shouldReturnTheRequestIdOfTheCaller() {
        Response answer = given().header("X-Request-Id", "trace-1.2_3").get("/nowhere");
        assertEquals("trace-1.2_3", answer.header("X-Request-Id"));
        assertEquals("trace-1.2_3", answer.path("requestId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"has spaces", "a;b", "<script>"})
    void shouldReplaceAnInvalidRequestId(String offered) {
        String id = given().header("X-Request-Id", offered).get("/nowhere").header("X-Request-Id");
        assertTrue(id.matches("[0-9a-f-]{36}"), id);
    }

    private static Response register(String body) {
        return given().contentType(ContentType.JSON).body(body).post(REGISTER);
    }
}
