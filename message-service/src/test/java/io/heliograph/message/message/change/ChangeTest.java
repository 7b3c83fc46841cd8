package io.heliograph.message.message.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ChangeTest extends MessageServiceTest {

    private Person ada;
    private Person grace;
    private String room;
    private UUID id;

    @BeforeEach
    void aRoomOfTwoWithAMessageOfEach() {
        ada = person("ada");
        grace = person("grace");
        room = ada.creates("public");
        id = UUID.fromString(room);
        grace.joins(room);
        ada.sends(room, Map.of("content", "from ada", "clientId", "a")).then().statusCode(201);
        grace.sends(room, Map.of("content", "from grace", "clientId", "g"))
                .then()
                .statusCode(201);
    }

    @Test
    void shouldShowTheNewContentInItsOldPlace() {
        edits(ada, 1, "from ada, mended")
                .then()
                .statusCode(200)
                .body("seq", equalTo(1))
                .body("rev", equalTo(3))
                .body("editedAt", notNullValue());

        history().then().body("items.content", contains("from ada, mended", "from grace"));
    }

    @Test
    void shouldChangeNothingOnAnEditToTheSameContent() {
        edits(ada, 1, "from ada").then().statusCode(200).body("rev", equalTo(1));
        ada.asks().get("/api/rooms/" + room).then().body("rev", equalTo(2));
    }

    @Test
    void shouldLetOnlyTheSenderEdit() {
        refused(edits(ada, 2, "not mine"), 403, "not_the_sender");
        refused(edits(person("eve"), 1, "not mine"), 403, "not_a_member");
    }

    @Test
    void shouldKeepOnlyTheSeqOfADeletedMessage() {
        ada.asks().put(reaction(2, "👍")).then().statusCode(200);
        ada.asks().delete(message(2)).then().statusCode(204);
        ada.asks().delete(message(2)).then().statusCode(204);

        history()
                .then()
                .body("items.seq", contains(1, 2))
                .body("items[1].content", equalTo(""))
                .body("items[1].deletedAt", notNullValue())
                .body("items[1].reactions", empty());
        refused(edits(grace, 2, "again"), 409, "message_deleted");
        refused(ada.asks().put(reaction(2, "👍")), 409, "message_deleted");
    }

    @Test
    void shouldLetASenderOrAnOwnerDelete() {
        refused(grace.asks().delete(message(1)), 403, "not_the_sender");
        ada.asks().delete(message(2)).then().statusCode(204);
        ada.asks().delete(message(1)).then().statusCode(204);
    }

    @Test
    void shouldCountReactionsOncePerPerson() {
        ada.asks().put(reaction(1, "👍")).then().statusCode(200).body("rev", equalTo(3));
        ada.asks().put(reaction(1, "👍")).then().statusCode(200).body("rev", equalTo(3));
        grace.asks().put(reaction(1, "👍")).then().statusCode(200);
        grace.asks().put(reaction(1, "❤️")).then().statusCode(200);
        history().then().body("items[0].reactions.find { it.emoji == '👍' }.count", equalTo(2));

        grace.asks().delete(reaction(1, "👍")).then().statusCode(200);
        grace.asks().delete(reaction(1, "❤️")).then().statusCode(200);
        history().then().body("items[0].reactions.emoji", contains("👍")).body("items[0].reactions.count", contains(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "👍👍", "%20", "%00"})
    void shouldRejectAReactionThatIsNotAnEmoji(String emoji) {
        refused(
                ada.asks().urlEncodingEnabled(false).put(message(1) + "/reactions/" + encoded(emoji)),
                400,
                "invalid_request");
    }

    @Test
    void shouldRejectChangesOfAMissingMessage() {
        refused(edits(ada, 99, "x"), 404, "message_not_found");
        refused(ada.asks().delete(message(99)), 404, "message_not_found");
        refused(ada.asks().put(reaction(99, "👍")), 404, "message_not_found");
        refused(ada.asks().delete(message(0)), 404, "message_not_found");
        refused(ada.asks().delete(message(-1)), 404, "not_found");
        refused(ada.asks().delete("/api/rooms/" + room + "/messages/none"), 404, "not_found");
        refused(ada.asks().delete("/api/rooms/" + room + "/messages/99999999999999999999"), 404, "not_found");
    }

    @Test
    void shouldRecognizeARepeatedSendAfterAnEditOrDeletion() {
        edits(ada, 1, "mended").then().statusCode(200);
        grace.asks().delete(message(2)).then().statusCode(204);

        ada.sends(room, Map.of("content", "from ada", "clientId", "a"))
                .then()
                .statusCode(201)
                .body("seq", equalTo(1))
                .body("rev", equalTo(1));
        grace.sends(room, Map.of("content", "from grace", "clientId", "g"))
                .then()
                .statusCode(201)
                .body("seq", equalTo(2));
        refused(ada.sends(room, Map.of("content", "mended", "clientId", "a")), 409, "client_id_reused");
    }

    @Test
    void shouldPublishEachChangeLiveInTheOrderOfRev() {
        try (Socket socket = Socket.of(server(), grace.token())) {
            socket.join(id);
            edits(ada, 1, "mended").then().statusCode(200);
            ada.asks().put(reaction(2, "👍")).then().statusCode(200);
            ada.asks().delete(reaction(2, "👍")).then().statusCode(200);
            ada.asks().delete(message(1)).then().statusCode(204);

            await().until(() -> changes(socket).size() == 4);
            List<JsonNode> changes = changes(socket);
            assertThat(changes)
                    .extracting(change -> change.get("type").asText())
                    .containsExactly("updated", "reaction", "reaction", "deleted");
            assertThat(changes).extracting(change -> change.get("rev").asLong()).containsExactly(3L, 4L, 5L, 6L);
            assertThat(changes.get(0).get("content").asText()).isEqualTo("mended");
            assertThat(changes.get(1).get("added").asBoolean()).isTrue();
            assertThat(changes.get(1).get("count").asLong()).isEqualTo(1);
            assertThat(changes.get(2).get("count").asLong()).isZero();
            assertThat(changes.get(2).has("reactions")).isFalse();
        }
    }

    @Test
    void shouldReplayEachChangedMessageOnceInItsCurrentState() {
        edits(ada, 1, "mended").then().statusCode(200);
        edits(ada, 1, "mended again").then().statusCode(200);
        ada.asks().put(reaction(1, "👍")).then().statusCode(200);
        grace.sends(room, "new").then().statusCode(201);
        grace.asks().delete(message(2)).then().statusCode(204);

        try (Socket socket = Socket.of(server(), grace.token())) {
            assertThat(socket.join(id, 2).get("rev").asLong()).isEqualTo(7);
            await().until(() -> changes(socket).size() == 3);
            List<JsonNode> changes = changes(socket);
            assertThat(changes)
                    .extracting(change -> change.get("type").asText())
                    .containsExactly("updated", "message", "deleted");
            assertThat(changes).extracting(change -> change.get("rev").asLong()).containsExactly(5L, 6L, 7L);
            assertThat(changes.get(0).get("content").asText()).isEqualTo("mended again");
            assertThat(changes.get(0).at("/reactions/0/count").asInt()).isEqualTo(1);

            edits(ada, 1, "live").then().statusCode(200);
            await().until(() -> changes(socket).size() == 4);
            assertThat(changes(socket).get(3).get("rev").asLong()).isEqualTo(8);
        }
    }

    private static List<JsonNode> changes(Socket socket) {
        return socket.frames().stream()
                .filter(frame -> frame.has("rev") && !frame.get("type").asText().equals("joined"))
                .toList();
    }

    private Response edits(Person person, long seq, String content) {
        return person.asks()
                .contentType("application/json")
                .body(Map.of("content", content))
                .patch(message(seq));
    }

    private Response history() {
        return ada.asks().get("/api/rooms/" + room + "/messages?after=0");
    }

    private String message(long seq) {
        return "/api/rooms/" + room + "/messages/" + seq;
    }

    private String reaction(long seq, String emoji) {
        return message(seq) + "/reactions/" + emoji;
    }

    private static String encoded(String emoji) {
        return emoji.startsWith("%")
                ? emoji
                : java.net.URLEncoder.encode(emoji, java.nio.charset.StandardCharsets.UTF_8);
    }
}
