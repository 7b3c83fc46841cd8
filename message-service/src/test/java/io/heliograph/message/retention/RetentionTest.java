package io.heliograph.message.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages older than the retention. */
@QuarkusTest
class RetentionTest extends MessageServiceTest {

    @Inject
    RetentionSweep sweep;

    @Inject
    SettableRetentionConfig config;

    @Inject
    Pool pool;

    private Person ada;
    private Person admin;
    private String room;

    /** The first three are from long ago. */
    @BeforeEach
    void aRoomOfFiveMessages() {
        config.set("batchSize", 2);
        config.set("pause", Duration.ofMillis(1));
        ada = person("ada");
        admin = person("root", "admin");
        room = ada.creates("private");
        for (int i = 1; i <= 5; i++) {
            ada.sends(room, Map.of("content", "number" + i + " lighthouse", "clientId", "c" + i))
                    .then()
                    .statusCode(201);
        }
        sql(
                "update messages set created_at = now() - interval '40 days' where room_id = $1 and seq <= 3",
                UUID.fromString(room));
    }

    @AfterEach
    void reset() {
        config.reset();
        sql("delete from leases");
    }

    @Test
    void shouldReplaceAnOldMessageByATombstoneWithANewRev() {
        keeps(admin, 30).then().statusCode(200);
        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.join(UUID.fromString(room));

            sweeps();

            await().until(() -> deletions(socket).size() == 3);
            assertThat(deletions(socket))
                    .extracting(frame -> frame.get("seq").asLong())
                    .containsExactly(1L, 2L, 3L);
            assertThat(deletions(socket))
                    .extracting(frame -> frame.get("rev").asLong())
                    .containsExactly(6L, 7L, 8L);
            assertThat(deletions(socket))
                    .allSatisfy(frame ->
                            assertThat(frame.at("/deletion/by").asText()).isEqualTo("retention"));
            assertThat(socket.send(UUID.fromString(room), "c6", "goes on")
                            .get("rev")
                            .asLong())
                    .isEqualTo(9);
        }
        history()
                .body("items.seq", contains(1, 2, 3, 4, 5, 6))
                .body("items.content", contains("", "", "", "number4 lighthouse", "number5 lighthouse", "goes on"));
        retention().body("retainedFrom", equalTo(4)).body("effectiveDays", equalTo(30));
    }

    @Test
    void shouldLeaveNoGapForAReturningReader() {
        keeps(admin, 30);
        sweeps();

        ada.asks()
                .get("/api/rooms/" + room + "/changes?after=0")
                .then()
                .statusCode(200)
                .body("items.seq", contains(4, 5, 1, 2, 3))
                .body("items.rev", contains(4, 5, 6, 7, 8))
                .body("rev", equalTo(8));
        ada.asks()
                .get("/api/rooms/" + room + "/changes?after=5")
                .then()
                .body("items.type", everyItem(equalTo("deleted")))
                .body("items", hasSize(3));
    }

    @Test
    void shouldRecognizeRepeatedSendsOfDeletedMessages() {
        keeps(admin, 30);
        sweeps();

        ada.sends(room, Map.of("content", "number1 lighthouse", "clientId", "c1"))
                .then()
                .statusCode(201)
                .body("seq", equalTo(1));
        refused(ada.sends(room, Map.of("content", "other", "clientId", "c1")), 409, "client_id_reused");
    }

    @Test
    void shouldFindNothingOfAnOldMessage() {
        await().until(() -> found("lighthouse").size() == 5);
        ada.asks().put("/api/rooms/" + room + "/messages/1/reactions/👍").then().statusCode(200);
        keeps(admin, 30);

        sweeps();

        await().until(() -> found("lighthouse").size() == 2);
        assertThat(found("number1")).isEmpty();
        history().body("items[0].reactions", hasSize(0));
    }

    @Test
    void shouldSkipDeletedMessagesAndThoseBehindANewerOne() {
        ada.asks().delete("/api/rooms/" + room + "/messages/1").then().statusCode(204);
        sql(
                "update messages set created_at = now() - interval '40 days' where room_id = $1 and seq = 5",
                UUID.fromString(room));
        keeps(admin, 30);

        sweeps();

        // The fifth follows one that is not old: it goes when that goes.
        history().body("items.rev", contains(6, 7, 8, 4, 5)).body("items[0].deletion", nullValue());
        retention().body("retainedFrom", equalTo(4));
    }

    @Test
    void shouldKeepMessagesNoLongerThanTheInstallation() {
        config.set("days", 35);
        keeps(admin, 1_000).then().body("effectiveDays", equalTo(35)).body("installationDays", equalTo(35));
        String other = ada.creates("private");
        ada.sends(other, "old").then().statusCode(201);
        sql("update messages set created_at = now() - interval '36 days' where room_id = $1", UUID.fromString(other));

        sweeps();

        retention().body("retainedFrom", equalTo(4));
        ada.asks().get("/api/rooms/" + other + "/messages").then().body("items.content", contains(""));
    }

    @Test
    void shouldRemoveNothingWithoutABound() {
        sweeps();

        history().body("items.content", not(hasItem("")));
        retention().body("effectiveDays", nullValue()).body("retainedFrom", equalTo(1));
    }

    @Test
    void shouldRunOnOneReplicaAtATime() {
        keeps(admin, 30);
        sql(
                "insert into leases (name, holder, until) values ('retention', $1, now() + interval '1 hour')",
                UUID.randomUUID());

        sweeps();
        history().body("items.content", not(hasItem("")));

        sql("update leases set until = now() - interval '1 second'");
        sweeps();
        history().body("items.content", hasItem(""));
    }

    @Test
    void shouldBeSetOnlyByAdministratorsAndIntegrators() {
        Person backend = person("backend", "integrator");

        refused(keeps(ada, 30), 403, "forbidden");
        refused(keeps(backend, 30), 404, "room_not_found");
        refused(keeps(admin, 0), 400, "invalid_request");
        backend.asks()
                .put("/api/rooms/" + room + "/members/" + backend.id())
                .then()
                .statusCode(200);
        keeps(backend, 30).then().body("days", equalTo(30));
        admin.asks()
                .delete("/api/rooms/" + room + "/retention")
                .then()
                .statusCode(200)
                .body("days", nullValue());
        admin.asks()
                .get("/api/rooms/audit-events?room=" + room)
                .then()
                .body("items.event", contains("retention_change", "retention_change"));
    }

    @Test
    void shouldNotImportMessagesOlderThanTheRetention() {
        keeps(admin, 30);
        String lines = """
                {"content":"from long ago","createdAt":"2020-01-01T00:00:00Z"}
                {"content":"without a time"}
                """;

        String job = ada.asks()
                .multiPart("file", "a.jsonl", lines.getBytes(StandardCharsets.UTF_8))
                .post("/api/rooms/" + room + "/imports")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");

        await().until(() -> ada.asks().get(job).path("state").equals("succeeded"));
        ada.asks()
                .get(job)
                .then()
                .body("result.files[0].messages", equalTo(1))
                .body("result.files[0].skipped", equalTo(1))
                .body("result.files[0].errors", contains("line 1 is older than messages are kept in the room"));
        history().body("items.content", not(hasItem("from long ago"))).body("items.content", hasItem("without a time"));
    }

    private void sweeps() {
        sweep.sweep().toCompletionStage().toCompletableFuture().join();
    }

    private Response keeps(Person caller, int days) {
        return caller.asks()
                .contentType("application/json")
                .body(Map.of("days", days))
                .put("/api/rooms/" + room + "/retention");
    }

    private ValidatableResponse retention() {
        return ada.asks().get("/api/rooms/" + room + "/retention").then().statusCode(200);
    }

    private ValidatableResponse history() {
        return ada.asks().get("/api/rooms/" + room + "/messages?after=0").then().statusCode(200);
    }

    private List<Object> found(String words) {
        return ada.asks()
                .get("/api/messages/search?room=" + room + "&q=" + words)
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }

    private void sql(String sql, Object... values) {
        pool.preparedQuery(sql)
                .execute(Tuple.from(values))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static List<JsonNode> deletions(Socket socket) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals("deleted"))
                .toList();
    }
}
