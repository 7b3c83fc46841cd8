package io.heliograph.user.idempotency;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.AuditLines;
import io.heliograph.user.Backend;
import io.heliograph.user.Database;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are repeated with an idempotency key. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class IdempotencyTest {

    private static final String BATCH = "/api/users/batch";
    private static final String ACCOUNTS = "/api/service-accounts";
    private static final String PASSWORD = "correct horse battery";

    TestKeys keys;

    /** Set by {@link EmbeddedStores}. */
    PostgresServer postgres;

    private final UUID admin = UUID.randomUUID();
    private final String name =
            "i" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);

    @AfterEach
    void startPostgres() {
        postgres.start();
    }

    @Test
    void shouldMakeAServiceAccountOnceAndReturnItsLocation() throws SQLException {
        Response first = create("k", name);
        String id = first.then().statusCode(201).extract().path("id");

        Response again = create("\"k\"", name);

        assertProblem(again, 409, "idempotency_key_used").header("Location", equalTo(ACCOUNTS + "/" + id));
        assertFalse(again.asString().contains("hgcs_"));
        assertEquals(1, accountsNamed());
        given().auth().oauth2(token(admin)).get(again.header("Location")).then().statusCode(200);
    }

    @Test
    void shouldRotateASecretOnceAndReturnItsLocation() {
        Backend backend = Backend.of(create("a", name));
        String path = ACCOUNTS + "/" + backend.id() + "/secrets";
        Response first = keyed("k").post(path);
        String location = first.then().statusCode(201).extract().header("Location");

        assertProblem(keyed("k").post(path), 409, "idempotency_key_used").header("Location", equalTo(location));

        given().auth()
                .oauth2(token(admin))
                .get(ACCOUNTS + "/" + backend.id())
                .then()
                .body("secrets", hasSize(2));
        given().auth().oauth2(token(admin)).delete(location).then().statusCode(204);
    }

    @Test
    void shouldNotUseTheKeyOfARejectedRequest() {
        String missing = ACCOUNTS + "/" + UUID.randomUUID() + "/secrets";

        assertProblem(keyed("k").post(missing), 404, "service_account_not_found");

        create("k", name).then().statusCode(201);
    }

    @Test
    void shouldMakeABatchOnceAndShowTheSameAccounts() {
        List<Map<String, Object>> rows = List.of(
                row(name, PASSWORD),
                Map.of("username", "no", "email", "no"),
                Map.of(
                        "username",
                        name + "x",
                        "email",
                        name + "x@example.org",
                        "externalIds",
                        List.of(Map.of("issuer", "urn:test", "subject", name))));
        AuditLines audit = new AuditLines();

        Response first = send("k", rows);
        first.then().statusCode(200).body("created", equalTo(2)).body("failed", equalTo(1));
        Response again = send("\"k\"", rows);

        again.then()
                .statusCode(200)
                .body("created", equalTo(2))
                .body("results.user", equalTo(first.path("results.user")))
                .body("results.status", equalTo(first.path("results.status")))
                .body("results[1].problem.code", equalTo("invalid_request"))
                .body("results[1].problem.errors", equalTo(first.path("results[1].problem.errors")))
                .body("results[1].problem.requestId", equalTo(again.header("X-Request-Id")));
        assertEquals(2, audit.of(first.header("X-Request-Id")).size());
        assertEquals(0, audit.of(again.header("X-Request-Id")).size());
    }

    @Test
    void shouldReportADeletedAccountInARepeatedBatch() {
        List<Map<String, Object>> rows = List.of(row(name, null));
        String id = send("k", rows).path("results[0].user.id");
        given().auth().oauth2(token(admin)).delete("/api/users/" + id).then().statusCode(204);

        send("k", rows)
                .then()
                .statusCode(200)
                .body("created", equalTo(0))
                .body("results[0].user", nullValue())
                .body("results[0].problem.code", equalTo("user_not_found"));
    }

    @Test
    void shouldStoreNeitherSecretsNorPasswordsNorPersonalData() throws SQLException {
        String secret = create("a", name).path("clientSecret");
        send("b", List.of(row(name + "y", PASSWORD))).then().body("created", equalTo(1));

        try (Connection connection = Database.connect(postgres);
                Statement statement = connection.createStatement()) {
            String stored = Database.lines(
                    statement, "select row_to_json(k)::text from idempotency_keys k where user_id = '" + admin + "'");
            assertEquals(2, stored.lines().count());
            for (String hidden : List.of(secret, PASSWORD, name)) {
                assertFalse(stored.contains(hidden), hidden);
            }
        }
        // No digest depends on the passwords, since it would allow guessing.
        send("b", List.of(row(name + "y", "another long password"))).then().statusCode(200);
    }

    @Test
    void shouldRejectAKeyThatWasUsedForAnotherRequest() {
        create("k", name).then().statusCode(201);

        assertProblem(create("k", name + "2"), 422, "idempotency_key_reused");
        assertProblem(send("k", List.of(row(name, null))), 422, "idempotency_key_reused");
        assertProblem(create("\"k", name), 400, "invalid_request");
    }

    @Test
    void shouldSeparateTheKeysOfCallers() {
        String first = create("k", name).path("id");

        String other = given().auth()
                .oauth2(token(UUID.randomUUID()))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "k")
                .body(account(name))
                .post(ACCOUNTS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        assertNotEquals(first, other);
    }

    @Test
    void shouldMakeOneAccountForConcurrentRequests() throws SQLException {
        List<CompletableFuture<Response>> answers = IntStream.range(0, 12)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> create(n % 2 == 0 ? "k" : "\"k\"", name)))
                .toList();

        List<Integer> statuses =
                answers.stream().map(answer -> answer.join().statusCode()).toList();

        assertEquals(1, statuses.stream().filter(status -> status == 201).count());
        assertEquals(11, statuses.stream().filter(status -> status == 409).count());
        assertEquals(1, accountsNamed());
    }

    @Test
    void shouldMakeOneBatchWhenItIsSentTwiceAtOnce() {
        List<Map<String, Object>> rows = List.of(row(name, null), row(name + "z", null));

        // heliograph.batches.max-concurrent
        List<Response> answers =
                IntStream.range(0, 4)
                        .mapToObj(n -> CompletableFuture.supplyAsync(() -> send("k", rows)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        for (Response answer : answers) {
            answer.then().statusCode(200).body("created", equalTo(2));
            assertEquals(
                    answers.get(0).<List<String>>path("results.user.id"), answer.<List<String>>path("results.user.id"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldWaitForAnotherReplicaThatHasTheKey(boolean commits) throws Exception {
        try (Connection other = Database.connect(postgres);
                Statement insert = other.createStatement()) {
            other.setAutoCommit(false);
            insert.execute("insert into idempotency_keys (user_id, key, request, response) values ('" + admin
                    + "', 'k', '\\x00', '{}')");
            CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> create("k", name));
            assertThrows(TimeoutException.class, () -> answer.get(300, TimeUnit.MILLISECONDS));
            if (commits) {
                other.commit();
                assertProblem(answer.join(), 422, "idempotency_key_reused");
            } else {
                other.rollback();
                answer.join().then().statusCode(201);
            }
        }
    }

    @Test
    void shouldRejectWhilePostgresIsDownAndTakeEffectOnceAfterwards() throws SQLException {
        postgres.stop();
        assertProblem(create("k", name), 503, "store_unavailable").header("Retry-After", matchesPattern("[1-9]\\d*"));
        postgres.start();

        await().untilAsserted(() -> assertEquals(409, create("k", name).statusCode()));

        assertEquals(1, accountsNamed());
    }

    @Test
    void shouldForgetAKeyAfterADay() throws SQLException {
        create("k", name).then().statusCode(201);
        Database.run(
                postgres,
                "update idempotency_keys set created_at = now() - interval '25 hours' where user_id = '" + admin + "'");

        create("k", name).then().statusCode(201);

        assertEquals(2, accountsNamed());
    }

    private long accountsNamed() throws SQLException {
        return Database.count(postgres, "select count(*) from users where display_name = '" + name + "'");
    }

    private Response create(String key, String called) {
        return keyed(key).body(account(called)).post(ACCOUNTS);
    }

    private Response send(String key, List<Map<String, Object>> rows) {
        return keyed(key).body(Map.of("users", rows)).post(BATCH);
    }

    private RequestSpecification keyed(String key) {
        return given().auth().oauth2(token(admin)).contentType(ContentType.JSON).header("Idempotency-Key", key);
    }

    private String token(UUID user) {
        return keys.token(user, claims -> claims.setStringListClaim("groups", List.of("user", "admin")));
    }

    private static Map<String, Object> account(String called) {
        return Map.of("name", called, "roles", List.of("user"));
    }

    private static Map<String, Object> row(String username, String password) {
        String email = username + "@example.org";
        return password == null
                ? Map.of("username", username, "email", email)
                : Map.of("username", username, "email", email, "password", password);
    }
}
