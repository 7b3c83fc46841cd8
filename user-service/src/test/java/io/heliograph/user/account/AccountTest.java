package io.heliograph.user.account;

import static io.heliograph.user.Person.post;
import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class AccountTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z";

    @Test
    void shouldRegisterAndShowTheOwnProfile() {
        String username = "Ada." + Long.toHexString(System.nanoTime());
        Map<String, String> profile =
                Map.of("username", username, "email", username + "@Example.org", "displayName", "Ada Lovelace 👩‍🚀");

        Response registered = register(profile);

        registered.then().statusCode(201).body("id", matchesPattern("[0-9a-f-]{36}"));
        String id = registered.path("id");
        registered.then().header("Location", equalTo("/api/users/" + id)).body(not(containsString("assword")));
        Person person = new Person(UUID.fromString(id), username, profile.get("email"), "correct horse");
        person.asks()
                .get("/api/users/me")
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("username", equalTo(username))
                .body("email", equalTo(profile.get("email")))
                .body("displayName", equalTo("Ada Lovelace 👩‍🚀"))
                .body("createdAt", matchesPattern(TIME))
                .body("updatedAt", matchesPattern(TIME));
    }

    @Test
    void shouldShowOthersAProfileWithoutTheAddress() {
        Person ada = Person.register();
        Person.register()
                .asks()
                .get("/api/users/" + ada.id())
                .then()
                .statusCode(200)
                .body("username", equalTo(ada.username()))
                .body("displayName", equalTo(ada.username()))
                .body(not(containsString("@")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-7000-8000-000000000000"})
    void shouldNotFindAUserThatDoesNotExist(String id) {
        assertProblem(Person.register().asks().get("/api/users/" + id), 404, "user_not_found");
    }

    @Test
    void shouldNotFindAnInvalidId() {
        assertProblem(Person.register().asks().get("/api/users/nobody"), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/users/me", "/api/users/00000000-0000-7000-8000-000000000000", "/api/users?ids=x"})
    void shouldShowNothingWithoutAToken(String path) {
        assertProblem(given().get(path), 401, "unauthenticated").header("WWW-Authenticate", equalTo("Bearer"));
    }

    @Test
    void shouldReturnSeveralUsersInTheRequestedOrder() {
        Person ada = Person.register();
        Person grace = Person.register();
        String ids = Stream.of(grace.id(), UUID.randomUUID(), ada.id(), grace.id())
                .map(UUID::toString)
                .collect(Collectors.joining(","));
        ada.asks()
                .get("/api/users?ids=" + ids)
                .then()
                .statusCode(200)
                .body("items.username", equalTo(List.of(grace.username(), ada.username())));
    }

    @Test
    void shouldAcceptAtMostFiveHundredIds() {
        Person ada = Person.register();
        ada.asks()
                .get("/api/users?ids=" + randomIds(499) + "," + ada.id())
                .then()
                .body("items.size()", equalTo(1));
        assertProblem(ada.asks().get("/api/users?ids=" + randomIds(501)), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("ids")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/users", "/api/users?ids=", "/api/users?ids=1,2", "/api/users?ids=,"})
    void shouldRejectInvalidIds(String path) {
        assertProblem(Person.register().asks().get(path), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("ids")));
    }

    @Test
    void shouldKeepNamesAndAddressesUniqueIgnoringCase() {
        Person ada = Person.register();
        String upper = ada.username().toUpperCase(Locale.ROOT);
        assertProblem(register(Map.of("username", upper, "email", "new" + ada.email())), 409, "username_taken");
        assertProblem(
                register(Map.of(
                        "username", "x" + ada.username(), "email", ada.email().toUpperCase(Locale.ROOT))),
                409,
                "email_taken");
    }

    @Test
    void shouldGiveANameToOneOfConcurrentRegistrations() {
        String name = "n" + Long.toHexString(System.nanoTime());

        List<CompletableFuture<Integer>> answers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> register(Map.of(
                                "username",
                                i % 2 == 0 ? name : name.toUpperCase(Locale.ROOT),
                                "email",
                                name + i + "@example.org"))
                        .statusCode()))
                .toList();
        List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();

        assertEquals(1, Collections.frequency(statuses, 201), statuses.toString());
        assertEquals(7, Collections.frequency(statuses, 409), statuses.toString());
    }

    @ParameterizedTest
    @MethodSource("invalidFields")
    void shouldReject(String field, String value) {
        Map<String, String> body = valid();
        body.put(field, value);
        assertProblem(post("/api/auth/register", body), 400, "invalid_request")
                .body("errors.field", equalTo(List.of(field)));
    }

    static Stream<String[]> invalidFields() {
        return Stream.of(
                        Stream.of(
                                        "",
                                        "ab",
                                        "a".repeat(33),
                                        ".ada",
                                        "ada lovelace",
                                        "ada\u0000",
                                        "аda",
                                        "ada@home",
                                        "_ab")
                                .map(value -> new String[] {"username", value}),
                        Stream.of(
                                        "",
                                        "ada",
                                        "ada@",
                                        "@b.org",
                                        "a@b",
                                        "a b@c.org",
                                        "a@b.org\u0000",
                                        "ä@b.org",
                                        "a@" + "b.".repeat(125) + "org",
                                        "a@b@c.org",
                                        "a".repeat(65) + "@b.org")
                                .map(value -> new String[] {"email", value}),
                        Stream.of("", "ninechars", "x1y2z3w4".repeat(16) + "x")
                                .map(value -> new String[] {"password", value}),
                        Stream.of("", " ", "x".repeat(65), "a\u0000b", "a\nb", "a\u001b[31m", "\u202Eevil", "a\u2028b")
                                .map(value -> new String[] {"displayName", value}))
                .flatMap(fields -> fields);
    }

    @ParameterizedTest
    @CsvSource({"username,abc", "username,0-_.", "password,tencharsok", "displayName,x", "displayName,名前 👩‍🚀"})
    void shouldAccept(String field, String value) {
        Map<String, String> body = valid();
        boolean unique = field.equals("username");
        body.put(field, unique ? value + Long.toHexString(System.nanoTime()) : value);
        post("/api/auth/register", body).then().statusCode(201);
    }

    @Test
    void shouldNormalizeADisplayName() {
        register(Map.of("displayName", " Ame\u0301lie\u3000Poulain "))
                .then()
                .statusCode(201)
                .body("displayName", equalTo("Am\u00E9lie Poulain"));
    }

    @Test
    void shouldTreatSqlAsText() {
        Person ada = Person.register();
        assertProblem(Person.signIn("' or 1=1 --", "12345678"), 401, "bad_credentials");
        ada.asks().get("/api/users/me").then().statusCode(200);
    }

    private static Map<String, String> valid() {
        String name = "v" + Long.toHexString(System.nanoTime());
        return new HashMap<>(Map.of("username", name, "email", name + "@example.org", "password", "correct horse"));
    }

    private static Response register(Map<String, String> fields) {
        Map<String, String> body = valid();
        body.putAll(fields);
        return post("/api/auth/register", body);
    }

    private static String randomIds(int count) {
        return Stream.generate(UUID::randomUUID)
                .limit(count)
                .map(UUID::toString)
                .collect(Collectors.joining(","));
    }
}
