package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RoomChangeTest extends MessageServiceTest {

    /** Set by the test resource. */
    PostgresServer postgres;

    private Person ada;
    private String room;

    @BeforeEach
    void aRoom() {
        ada = person("ada");
        room = ada.creates("public");
    }

    @Test
    void shouldChangeOnlyGivenFields() {
        changes("{\"topic\":\"light\"}").then().statusCode(200).body("topic", equalTo("light"));
        changes("{\"name\":\"Signals\",\"visibility\":\"private\"}")
                .then()
                .statusCode(200)
                .body("name", equalTo("Signals"))
                .body("visibility", equalTo("private"))
                .body("topic", equalTo("light"));
        changes("{\"topic\":null}").then().statusCode(200).body("topic", nullValue());

        ada.asks()
                .get("/api/rooms/" + room)
                .then()
                .body("name", equalTo("Signals"))
                .body("topic", nullValue());
        refused(person("eve").asks().get("/api/rooms/" + room), 404, "room_not_found");
    }

    @Test
    void shouldLetOnlyAnOwnerChangeOrRemove() {
        Person grace = person("grace");
        refused(changes(grace, "{\"name\":\"mine\"}", null), 403, "not_a_member");
        grace.joins(room);
        refused(changes(grace, "{\"name\":\"mine\"}", null), 403, "not_an_owner");
        refused(grace.asks().delete("/api/rooms/" + room), 403, "not_an_owner");
        String hidden = person("edith").creates("private");
        refused(grace.asks().delete("/api/rooms/" + hidden), 404, "room_not_found");
    }

    @Test
    void shouldRejectAChangeWithAnOutdatedTag() {
        String seen = ada.asks().get("/api/rooms/" + room).header("ETag");
        Response changed = changes(ada, "{\"name\":\"first\"}", seen);
        changed.then().statusCode(200);

        refused(changes(ada, "{\"name\":\"second\"}", seen), 412, "precondition_failed");
        refused(changes(ada, "{\"name\":\"second\"}", "W/" + changed.header("ETag")), 412, "precondition_failed");
        refused(changes(ada, "{\"name\":\"second\"}", "\"of-another\""), 412, "precondition_failed");
        refused(changes(ada, "{\"name\":\"second\"}", "no tag"), 400, "invalid_request");

        changes(ada, "{\"name\":\"second\"}", seen + ", " + changed.header("ETag"))
                .then()
                .statusCode(200);
        changes(ada, "{\"name\":\"third\"}", "*").then().statusCode(200);
    }

    @Test
    void shouldNotTakeMessagesForAChangeOfTheRoom() {
        String seen = ada.asks().get("/api/rooms/" + room).header("ETag");
        ada.sends(room, "meanwhile").then().statusCode(201);

        changes(ada, "{\"name\":\"still as seen\"}", seen).then().statusCode(200);
    }

    @Test
    void shouldAcceptOneOfManyConcurrentChangesWithTheSameTag() {
        String seen = ada.asks().get("/api/rooms/" + room).header("ETag");

        List<Integer> answers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() ->
                        changes(ada, "{\"name\":\"name " + i + "\"}", seen).statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).containsOnlyOnce(200).allMatch(status -> status == 200 || status == 412);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":null}",
                "{\"name\":\"\"}",
                "{\"name\":42}",
                "{\"visibility\":null}",
                "{\"visibility\":\"secret\"}",
                "{\"topic\":7}",
                "{\"topic\":\"a\\u0000b\"}",
                "[]",
                "null"
            })
    void shouldRejectAnInvalidChange(String body) {
        refused(changes(body), 400, "invalid_request");
    }

    @Test
    void shouldRejectANameOrTopicThatIsTooLong() {
        changes("{\"name\":\"" + "n".repeat(100) + "\",\"topic\":\"" + "t".repeat(500) + "\"}")
                .then()
                .statusCode(200);
        changes("{\"name\":\"" + "n".repeat(101) + "\"}")
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("name")));
        refused(changes("{\"topic\":\"" + "t".repeat(501) + "\"}"), 400, "invalid_request");
    }

    @Test
    void shouldLeaveNothingOfARemovedRoom() {
        Person grace = person("grace");
        grace.joins(room);
        ada.sends(room, "remember").then().statusCode(201);
        grace.asks()
                .put("/api/rooms/" + room + "/messages/1/reactions/👍")
                .then()
                .statusCode(200);

        ada.asks().delete("/api/rooms/" + room).then().statusCode(204);

        refused(ada.asks().get("/api/rooms/" + room), 404, "room_not_found");
        refused(grace.asks().get("/api/rooms/" + room + "/messages"), 404, "room_not_found");
        refused(grace.sends(room, "anyone?"), 404, "room_not_found");
        refused(ada.asks().delete("/api/rooms/" + room), 404, "room_not_found");
        grace.asks().get("/api/rooms").then().body("items", empty());
        await().until(() ->
                stored("messages") + stored("reactions") + stored("members") + stored("search_entries") == 0);
    }

    @Test
    void shouldRespondToEverySendWhileTheRoomIsDeleted() {
        List<CompletableFuture<Response>> sends = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> ada.sends(room, "message " + i)))
                .toList();
        ada.asks().delete("/api/rooms/" + room).then().statusCode(204);

        assertThat(sends)
                .allMatch(send -> send.join().statusCode() == 201 || send.join().statusCode() == 404);
        await().until(() -> stored("messages") == 0);
    }

    private int stored(String table) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
                var statement = connection.createStatement();
                var count = statement.executeQuery(
                        "select count(*) from message_service.%s where room_id = '%s'".formatted(table, room))) {
            count.next();
            return count.getInt(1);
        }
    }

    private Response changes(String patch) {
        return changes(ada, patch, null);
    }

    private Response changes(Person person, String patch, String ifMatch) {
        var request = person.asks().contentType("application/json").body(patch);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).patch("/api/rooms/" + room);
    }
}
