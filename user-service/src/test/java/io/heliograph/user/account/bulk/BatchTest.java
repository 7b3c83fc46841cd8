package io.heliograph.user.account.bulk;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.Meters;
import io.heliograph.user.Admin;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class BatchTest {

    private static final String BATCH = "/api/users/batch";

    /** A transaction of two, perhaps one more, and what a new connection asks for itself. */
    private static final double FEW = 6;

    TestKeys keys;

    @Test
    void shouldMakeAThousandAccountsInAFewStatements() {
        List<Map<String, String>> rows = rows(1000);
        Person.register();
        double before = statements();

        Response answer = send(rows);

        assertThat(statements() - before, lessThanOrEqualTo(FEW));
        answer.then()
                .statusCode(200)
                .body("created", equalTo(1000))
                .body("failed", equalTo(0))
                .body("results.index", equalTo(IntStream.range(0, 1000).boxed().toList()))
                .body("results.status", everyItem(equalTo(201)))
                .body("results.problem", everyItem(nullValue()))
                .body(
                        "results.user.username",
                        equalTo(rows.stream().map(row -> row.get("username")).toList()));
    }

    @Test
    void shouldFindTakenNamesInAFewStatements() {
        List<Map<String, String>> rows = rows(1000);
        send(rows.subList(0, 500));
        double before = statements();

        Response again = send(rows);

        assertThat(statements() - before, lessThanOrEqualTo(FEW));
        again.then()
                .statusCode(200)
                .body("created", equalTo(500))
                .body("failed", equalTo(500))
                .body("results[499].problem.code", equalTo("username_taken"))
                .body("results[500].status", equalTo(201));
    }

    @Test
    void shouldLetOnlyAccountsWithAPasswordSignIn() {
        Map<String, String> with = row();
        with.put("password", "correct horse");
        with.put("displayName", " Ame\u0301lie ");
        Map<String, String> without = row();

        send(List.of(with, without))
                .then()
                .body("created", equalTo(2))
                .body("results[0].user.email", equalTo(with.get("email")))
                .body("results[0].user.displayName", equalTo("Am\u00E9lie"))
                .body("results[1].user.displayName", equalTo(without.get("username")))
                .body(not(containsString("assword")));

        Person.signIn(with.get("username"), "correct horse").then().statusCode(200);
        for (String guess : List.of("correct horse", "null", "x")) {
            assertProblem(Person.signIn(without.get("username"), guess), 401, "bad_credentials");
        }
    }

    @Test
    void shouldAcceptValidRowsBesideInvalidOnes() {
        Person ada = Person.register();
        List<Object> rows = new ArrayList<>(List.of(row(), row(), row(), row(), row(), row(), "text", 42, List.of()));
        rows.add(null);
        change(rows, 1, "username", ada.username().toUpperCase(Locale.ROOT));
        change(rows, 2, "email", ada.email().toUpperCase(Locale.ROOT));
        change(rows, 3, "username", "аda");
        change(rows, 4, "password", "short");
        change(rows, 5, "email", null);

        Response answer = send(rows);

        answer.then()
                .statusCode(200)
                .body("created", equalTo(1))
                .body("failed", equalTo(9))
                .body("results.index", equalTo(IntStream.range(0, 10).boxed().toList()))
                .body("results.status", contains(201, 409, 409, 400, 400, 400, 400, 400, 400, 400))
                .body("results[0].user.id", not(nullValue()))
                .body("results[1].problem.code", equalTo("username_taken"))
                .body("results[2].problem.code", equalTo("email_taken"))
                .body("results[3].problem.errors.field", equalTo(List.of("username")))
                .body("results[4].problem.errors.field", equalTo(List.of("password")))
                .body("results[5].problem.errors.field", equalTo(List.of("email")))
                .body("results[6].problem.errors.message", equalTo(List.of("must be an object")))
                .body("results[9].problem.code", equalTo("invalid_request"))
                .body("results[9].problem.type", equalTo("urn:heliograph:problem:invalid_request"))
                .body("results[9].problem.requestId", equalTo(answer.header("X-Request-Id")));
    }

    @ParameterizedTest
    @CsvSource({"username,42", "username,true", "email,[]", "displayName,{}", "password,12345678"})
    void shouldNameTheFieldOfARowWithTheWrongType(String field, String json) {
        String good = "{\"username\": \"%s\", \"email\": \"%s\"}".formatted(name(), name() + "@example.org");
        String bad = "{\"username\": \"%s\", \"email\": \"a@b.org\", \"%s\": %s}".formatted(name(), field, json);
        if (field.equals("username") || field.equals("email")) {
            bad = "{\"%s\": %s}".formatted(field, json);
        }
        Admin.asks(keys)
                .body("{\"users\": [" + bad + "," + good + "]}")
                .post(BATCH)
                .then()
                .statusCode(200)
                .body("results.status", contains(400, 201))
                .body("results[0].problem.errors.field", equalTo(List.of(field)))
                .body("results[0].problem.errors.message", equalTo(List.of("must be text")));
    }

    @Test
    void shouldGiveANameToTheFirstValidRow() {
        Person ada = Person.register();
        String name = name();
        Map<String, String> blocked = row();
        blocked.put("username", name);
        blocked.put("email", ada.email());
        Map<String, String> first = row();
        first.put("username", name.toUpperCase(Locale.ROOT));
        Map<String, String> second = row();
        second.put("username", name);
        Map<String, String> sameAddress = row();
        sameAddress.put("email", first.get("email"));

        send(List.of(blocked, first, second, sameAddress))
                .then()
                .body("results.status", contains(409, 201, 409, 409))
                // By then there is one of this name, as there is of this address.
                .body("results[0].problem.code", equalTo("username_taken"))
                .body("results[2].problem.code", equalTo("username_taken"))
                .body("results[3].problem.code", equalTo("email_taken"));
    }

    @Test
    void shouldReserveTheNamesOfADeletedUser() {
        Person ada = Person.register();
        ada.asks().delete("/api/users/me").then().statusCode(204);
        Map<String, String> sameName = row();
        sameName.put("username", ada.username());
        Map<String, String> sameAddress = row();
        sameAddress.put("email", ada.email());

        send(List.of(sameName, row(), sameAddress))
                .then()
                .body("results.status", contains(409, 201, 409))
                .body("results[0].problem.code", equalTo("username_taken"))
                .body("results[2].problem.code", equalTo("email_taken"));
    }

    @RepeatedTest(3)
    void shouldMakeEachAccountOnceFromConcurrentBatches() {
        List<Map<String, String>> rows = rows(300);
        List<Map<String, String>> backwards = new ArrayList<>(rows);
        Collections.reverse(backwards);

        List<CompletableFuture<Response>> answers = Stream.of(rows, backwards, rows)
                .map(batch -> CompletableFuture.supplyAsync(() -> send(batch)))
                .toList();

        List<Response> done = answers.stream().map(CompletableFuture::join).toList();
        done.forEach(answer -> answer.then().statusCode(200).body("results.status", everyItem(lessThanOrEqualTo(409))));
        assertEquals(
                300, done.stream().mapToInt(answer -> answer.path("created")).sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void shouldRejectTooFewAndTooMany(int count) {
        assertProblem(send(rows(count)), 400, "invalid_request").body("errors.field", equalTo(List.of("users")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"users\": null}", "{\"users\": {}}", "{\"users\": \"ada\"}", "[]", "null"})
    void shouldRejectAnInvalidBatch(String body) {
        assertProblem(Admin.asks(keys).body(body).post(BATCH), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"users\": [{]}",
                "{\"users\": [], \"users\": []}",
                "{\"users\": [{\"username\": \"ada\", \"username\": \"eve\"}]}"
            })
    void shouldRejectInvalidJson(String body) {
        assertProblem(Admin.asks(keys).body(body).post(BATCH), 400, "invalid_json");
    }

    @Test
    void shouldRejectDeepNesting() {
        // As bytes: REST Assured indents text for its log, which takes it seconds here.
        byte[] body = ("{\"users\": " + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        assertProblem(Admin.asks(keys).body(body).post(BATCH), 400, "invalid_json");
    }

    @Test
    void shouldAllowOnlyAdmins() {
        Map<String, Object> body = Map.of("users", List.of(row()));
        assertProblem(
                Person.register()
                        .asks()
                        .contentType(ContentType.JSON)
                        .body(body)
                        .post(BATCH),
                403,
                "forbidden");
        assertProblem(given().contentType(ContentType.JSON).body(body).post(BATCH), 401, "unauthenticated");
    }

    @Test
    void shouldNotReadTheBodyOfAnUnauthorizedCaller() {
        String large = "x".repeat(3 * 1024 * 1024);
        assertProblem(
                Person.register()
                        .asks()
                        .contentType(ContentType.JSON)
                        .body(large)
                        .post(BATCH),
                403,
                "forbidden");
    }

    @Test
    void shouldAcceptABodyOfAtMostTwoMegabytes() {
        String body = "{\"users\": [{\"username\": \"%s\", \"email\": \"%s@example.org\"}]}".formatted(name(), name());
        int limit = 2 * 1024 * 1024;
        Admin.asks(keys)
                .body(body + " ".repeat(limit - body.length()))
                .post(BATCH)
                .then()
                .statusCode(200)
                .body("created", equalTo(1));
        assertProblem(
                Admin.asks(keys)
                        .body(body + " ".repeat(limit - body.length() + 1))
                        .post(BATCH),
                413,
                "body_too_large");
    }

    @Test
    void shouldTreatSqlAsText() {
        Map<String, String> row = row();
        row.put("displayName", "'; drop table users; --");
        row.put("email", "o'" + row.get("email"));
        send(List.of(row))
                .then()
                .body("created", equalTo(1))
                .body("results[0].user.displayName", equalTo(row.get("displayName")));
    }

    private Response send(List<?> rows) {
        return Admin.asks(keys).body(Map.of("users", rows)).post(BATCH);
    }

    private static List<Map<String, String>> rows(int count) {
        return Stream.generate(BatchTest::row).limit(count).toList();
    }

    private static Map<String, String> row() {
        String name = name();
        return new HashMap<>(Map.of("username", name, "email", name + "@example.org"));
    }

    private static String name() {
        return "b" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }

    @SuppressWarnings("unchecked")
    private static void change(List<Object> rows, int index, String field, String value) {
        ((Map<String, String>) rows.get(index)).put(field, value);
    }

    /** How many the service has sent to PostgreSQL so far, as its client counts them. */
    private static double statements() {
        String metrics = Meters.all();
        List<MatchResult> counts = Pattern.compile("(?m)^postgresql_processing_seconds_count\\{.*} (\\S+)$")
                .matcher(metrics)
                .results()
                .toList();
        assertTrue(!counts.isEmpty(), metrics);
        return counts.stream()
                .mapToDouble(count -> Double.parseDouble(count.group(1)))
                .sum();
    }
}
