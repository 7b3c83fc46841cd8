package io.heliograph.message.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are repeated with an idempotency key. */
@QuarkusTest
class IdempotencyTest extends MessageServiceTest {

    private static final Map<String, Object> ROOM = Map.of("name", "plans", "visibility", "private");

    /** Set by the test resource. */
    PostgresServer postgres;

    private Person ada;

    @BeforeEach
    void aCaller() {
        ada = person("ada");
    }

    @Test
    void shouldMakeARoomOnceAndRepeatTheResponse() {
        String first = create(ada, "k-1", ROOM).then().statusCode(201).extract().asString();

        assertThat(create(ada, "k-1", ROOM).then().statusCode(201).extract().asString())
                .isEqualTo(first);
        assertThat(create(ada, "\"k-1\"", ROOM).asString()).as("in quotes").isEqualTo(first);
        ada.asks().get("/api/rooms").then().body("items", hasSize(1));
    }

    @Test
    void shouldRejectAKeyThatWasUsedForAnotherRequest() {
        create(ada, "k", ROOM).then().statusCode(201);

        refused(create(ada, "k", Map.of("name", "other", "visibility", "private")), 422, "idempotency_key_reused");
        String room = ada.creates("private");
        refused(keyed(ada, "k").post("/api/rooms/" + room + "/exports"), 422, "idempotency_key_reused");
    }

    @Test
    void shouldSeparateTheKeysOfCallers() {
        Person grace = person("grace");
        String first = create(ada, "k", ROOM).path("id");

        assertThat(create(grace, "k", ROOM).then().statusCode(201).extract().<String>path("id"))
                .isNotEqualTo(first);
    }

    @Test
    void shouldMakeOneRoomForConcurrentRequests() {
        List<String> answers = IntStream.range(0, 32)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> create(ada, n % 2 == 0 ? "k" : "\"k\"", ROOM)))
                .toList()
                .stream()
                .map(answer -> answer.join().then().statusCode(201).extract().asString())
                .distinct()
                .toList();

        assertThat(answers).hasSize(1);
        ada.asks().get("/api/rooms").then().body("items", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldWaitForAnotherReplicaThatHasTheKey(boolean commits) throws Exception {
        try (Connection other = connect();
                PreparedStatement insert = other.prepareStatement(
                        "insert into idempotency_keys (user_id, key, request, response) values (?, 'k', '\\x00', '{}')")) {
            other.setAutoCommit(false);
            insert.setObject(1, ada.id());
            insert.executeUpdate();
            CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> create(ada, "k", ROOM));
            assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            if (commits) {
                other.commit();
                refused(answer.join(), 422, "idempotency_key_reused");
            } else {
                other.rollback();
                answer.join().then().statusCode(201);
            }
        }
    }

    @Test
    void shouldForgetAKeyAfterADay() throws SQLException {
        String first = create(ada, "k", ROOM).path("id");
        update("update idempotency_keys set created_at = now() - interval '25 hours' where user_id = ?");

        String second = create(ada, "k", Map.of("name", "other", "visibility", "private"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        assertThat(second).isNotEqualTo(first);
        assertThat(create(ada, "k", Map.of("name", "other", "visibility", "private"))
                        .<String>path("id"))
                .isEqualTo(second);
    }

    @Test
    void shouldKeepTheLatestThousandKeysOfACaller() throws SQLException {
        update("""
                insert into idempotency_keys (user_id, key, request, response, created_at)
                select ?, 'old-' || i, '\\x00', '{}', now() - interval '1 hour' - i * interval '1 second'
                from generate_series(1, 1000) i
                """);

        create(ada, "k", ROOM).then().statusCode(201);

        try (Connection connection = connect();
                PreparedStatement count = connection.prepareStatement(
                        "select count(*), min(key) from idempotency_keys where user_id = ?")) {
            count.setObject(1, ada.id());
            ResultSet rows = count.executeQuery();
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1_000);
            assertThat(rows.getString(2)).isEqualTo("k");
        }
    }

    @Test
    void shouldMakeAWebhookOnceAndShowItsSecretUntilItIsReplaced() throws SQLException {
        Person backend = person("backend", "integrator");

        String first = webhook(backend).then().statusCode(201).extract().asString();

        assertThat(first).contains("whsec_");
        assertThat(webhook(backend).asString()).isEqualTo(first);
        assertThat(stored(backend))
                .contains(JsonPath.from(first).getString("id"))
                .doesNotContain("whsec_");
        backend.asks().get("/api/webhooks").then().body("items", hasSize(1));
        String path = "/api/webhooks/" + JsonPath.from(first).getString("id");
        keyed(backend, "r").post(path + "/rotate").then().statusCode(200);
        webhook(backend).then().statusCode(201).body("$", not(hasKey("secret")));
        backend.asks().delete(path).then().statusCode(204);
        refused(webhook(backend), 409, "idempotency_key_used");
    }

    @Test
    void shouldGiveAWebhookANewSecretOnce() throws SQLException {
        Person backend = person("backend", "integrator");
        String path = "/api/webhooks/" + webhook(backend).<String>path("id") + "/rotate";

        Response first = keyed(backend, "r").post(path);
        first.then().statusCode(200).body("secret", startsWith("whsec_"));

        assertThat(keyed(backend, "\"r\"").post(path).asString()).isEqualTo(first.asString());
        assertThat(stored(backend)).doesNotContain("whsec_");
        keyed(backend, "s").post(path).then().statusCode(200).body("secret", not(first.<String>path("secret")));
        Response replaced = keyed(backend, "r").post(path);
        refused(replaced, 409, "idempotency_key_used");
        assertThat(replaced.header("Location")).isEqualTo(path.replace("/rotate", ""));
        refused(keyed(backend, "n").post("/api/webhooks/" + UUID.randomUUID() + "/rotate"), 404, "webhook_not_found");
        keyed(backend, "n").post(path).then().statusCode(200);
    }

    @Test
    void shouldStartARedeliveryOnce() {
        Person backend = person("backend", "integrator");
        String room = backend.creates("private");
        String path = "/api/webhooks/" + webhook(backend).<String>path("id") + "/redeliver";
        backend.asks().body(Map.of("content", "one")).post("/api/rooms/" + room + "/messages");
        Map<String, String> hour =
                Map.of("since", Instant.now().minusSeconds(3_600).toString());

        String first = keyed(backend, "d")
                .body(hour)
                .post(path)
                .then()
                .statusCode(202)
                .extract()
                .asString();
        backend.creates("private");

        assertThat(keyed(backend, "d").body(hour).post(path).asString()).isEqualTo(first);
        refused(
                keyed(backend, "d")
                        .body(Map.of("since", Instant.EPOCH.toString()))
                        .post(path),
                422,
                "idempotency_key_reused");
    }

    @Test
    void shouldExportOnce() {
        String path = "/api/rooms/" + ada.creates("private") + "/exports";

        Response first = keyed(ada, "k").post(path);
        first.then().statusCode(202);
        Response again = keyed(ada, "k").post(path);

        again.then().statusCode(202).header("Location", equalTo(first.header("Location")));
        assertThat(again.<String>path("id")).isEqualTo(first.path("id"));
        ada.asks().get("/api/jobs").then().body("items", hasSize(1));
    }

    @Test
    void shouldImportOnce() {
        String room = ada.creates("private");

        Response first = imports(room);
        first.then().statusCode(202);
        Response again = imports(room);

        again.then().statusCode(202).header("Location", equalTo(first.header("Location")));
        ada.asks().get("/api/jobs").then().body("items", hasSize(1));
    }

    @Test
    void shouldSendABatchOnce() {
        String path = "/api/rooms/" + ada.creates("private") + "/messages/batch";
        Map<String, Object> batch = Map.of("messages", List.of(Map.of("content", "one"), Map.of("content", "two")));

        String first = keyed(ada, "k")
                .body(batch)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .asString();

        assertThat(keyed(ada, "\"k\"").body(batch).post(path).asString()).isEqualTo(first);
        refused(
                keyed(ada, "k")
                        .body(Map.of("messages", List.of(Map.of("content", "other"))))
                        .post(path),
                409,
                "client_id_reused");
        keyed(ada, "l").body(batch).post(path).then().statusCode(201).body("firstSeq", equalTo(3));
    }

    @Test
    void shouldTreatAKeyInQuotesAsTheSameClientId() {
        String path = "/api/rooms/" + ada.creates("private") + "/messages";
        for (String key : List.of("k", "\"k\"")) {
            keyed(ada, key)
                    .body(Map.of("content", "once"))
                    .post(path)
                    .then()
                    .statusCode(201)
                    .body("seq", equalTo(1))
                    .body("clientId", equalTo("k"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open", "\"\"", "\"a\" b"})
    void shouldRejectAMalformedKey(String key) {
        Response refusal = create(ada, key, ROOM);

        refused(refusal, 400, "invalid_request");
        refusal.then().body("errors[0].field", equalTo("Idempotency-Key"));
    }

    private static Response create(Person person, String key, Map<String, Object> room) {
        return keyed(person, key).body(room).post("/api/rooms");
    }

    private Response imports(String room) {
        return ada.asks()
                .header("Idempotency-Key", "k")
                .multiPart("file", "a.txt", "one\ntwo".getBytes(StandardCharsets.UTF_8))
                .post("/api/rooms/" + room + "/imports");
    }

    private static RequestSpecification keyed(Person person, String key) {
        return person.asks().header("Idempotency-Key", key).contentType(ContentType.JSON);
    }

    private static Response webhook(Person backend) {
        return keyed(backend, "k")
                .body(Map.of(
                        "url", "https://127.0.0.1:65535/", "events", List.of("message.deleted", "message.created")))
                .post("/api/webhooks");
    }

    /** All that is stored under the keys of this person. */
    private String stored(Person person) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement keys = connection.prepareStatement(
                        "select string_agg(row_to_json(k)::text, ' ') from idempotency_keys k where user_id = ?")) {
            keys.setObject(1, person.id());
            ResultSet rows = keys.executeQuery();
            rows.next();
            return rows.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:" + postgres.reactiveUrl() + "?currentSchema=message_service", PostgresServer.USER, "");
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, ada.id());
            update.executeUpdate();
        }
    }
}
