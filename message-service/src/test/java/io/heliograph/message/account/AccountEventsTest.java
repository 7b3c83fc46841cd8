package io.heliograph.message.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Json;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that a connection receives of rooms that it has not joined. */
@QuarkusTest
class AccountEventsTest extends MessageServiceTest {

    private Person ada;
    private Person grace;
    private Socket hers;

    @BeforeEach
    void graceIsConnected() {
        ada = person("ada");
        grace = person("grace");
        // So that ada may add her.
        grace.creates("private");
        hers = connected(grace);
    }

    @AfterEach
    void close() {
        hers.close();
    }

    @Test
    void shouldNumberTheRoomsThatAUserJoinsAndLeaves() {
        long before = last(hers, "account").get("accountRev").asLong();
        String room = ada.creates("private");

        adds(room, grace);

        await().until(() -> frames(hers, "room_added").count() == 1);
        JsonNode added = last(hers, "room_added");
        assertThat(added.get("accountRev").asLong()).isEqualTo(before + 1);
        assertThat(added.get("room").asText()).isEqualTo(room);
        assertThat(added.get("name").asText()).isEqualTo("a room");
        assertThat(added.get("role").asText()).isEqualTo("member");

        ada.asks()
                .delete("/api/rooms/" + room + "/members/" + grace.id())
                .then()
                .statusCode(204);

        await().until(() -> frames(hers, "room_removed").count() == 1);
        JsonNode removed = last(hers, "room_removed");
        assertThat(removed.get("room").asText()).isEqualTo(room);
        assertThat(removed.get("accountRev").asLong()).isEqualTo(before + 2);
        assertThat(sync(grace).get("accountRev").asLong()).isEqualTo(before + 2);
    }

    @Test
    void shouldPublishRoomsThatTheUserMadeOrJoinedElsewhere() {
        String own = grace.creates("public");
        String other = ada.creates("public");
        grace.joins(other);

        await().until(() -> frames(hers, "room_added").count() == 2);
        assertThat(frames(hers, "room_added").map(frame -> frame.get("room").asText()))
                .containsExactlyInAnyOrder(own, other);
        long rev = last(hers, "account").get("accountRev").asLong();
        assertThat(frames(hers, "room_added")
                        .map(frame -> frame.get("accountRev").asLong()))
                .containsExactly(rev + 1, rev + 2);
    }

    @Test
    void shouldPublishToEachMemberOfABatch() {
        Person eve = person("eve");
        eve.creates("private");
        String room = ada.creates("private");
        try (Socket other = connected(eve)) {
            ada.asks()
                    .contentType("application/json")
                    .body(Map.of("members", List.of(Map.of("user", grace.id()), Map.of("user", eve.id()))))
                    .post("/api/rooms/" + room + "/members/batch")
                    .then()
                    .statusCode(200)
                    .body("items[1].result", equalTo("added"));

            await().until(() -> frames(hers, "room_added").count() == 1
                    && frames(other, "room_added").count() == 1);
        }
    }

    @Test
    void shouldPublishChangesAndTheDeletionOfARoom() {
        String room = ada.creates("private");
        adds(room, grace);
        await().until(() -> frames(hers, "room_added").count() == 1);

        ada.asks()
                .contentType("application/json")
                .body(Map.of("name", "another name"))
                .patch("/api/rooms/" + room)
                .then()
                .statusCode(200);

        await().until(() -> frames(hers, "room_updated").count() == 1);
        assertThat(last(hers, "room_updated").get("name").asText()).isEqualTo("another name");
        assertThat(last(hers, "room_updated").get("room").asText()).isEqualTo(room);

        ada.asks().delete("/api/rooms/" + room).then().statusCode(204);

        await().until(() -> frames(hers, "room_removed").count() == 1);
        assertThat(last(hers, "room_removed").has("accountRev")).isFalse();
    }

    @Test
    void shouldPublishANewRole() {
        String room = ada.creates("private");
        adds(room, grace);
        await().until(() -> frames(hers, "room_added").count() == 1);

        person("admin", "admin")
                .asks()
                .contentType("application/json")
                .body(Map.of("role", "owner"))
                .put("/api/rooms/" + room + "/members/" + grace.id())
                .then()
                .statusCode(200);

        await().until(() -> frames(hers, "room_updated").count() == 1);
        assertThat(last(hers, "room_updated").get("role").asText()).isEqualTo("owner");
    }

    @Test
    void shouldPublishANewOwnership() {
        String left = ada.creates("private");
        String lost = ada.creates("private");
        adds(left, grace);
        adds(lost, grace);
        await().until(() -> frames(hers, "room_added").count() == 2);

        ada.asks().delete("/api/rooms/" + left + "/members/" + ada.id()).then().statusCode(204);

        await().until(() -> frames(hers, "room_updated").count() == 1);
        assertThat(last(hers, "room_updated").get("room").asText()).isEqualTo(left);
        assertThat(last(hers, "room_updated").get("role").asText()).isEqualTo("owner");

        person("admin", "admin")
                .asks()
                .put("/api/rooms/" + lost + "/bans/" + ada.id())
                .then()
                .statusCode(200);

        await().until(() -> frames(hers, "room_updated").count() == 2);
        assertThat(last(hers, "room_updated").get("room").asText()).isEqualTo(lost);
        assertThat(last(hers, "room_updated").get("role").asText()).isEqualTo("owner");
    }

    @Test
    void shouldPublishTheMentionsOfAnEdit() {
        String room = ada.creates("public");
        grace.joins(room);
        ada.sends(room, "one").then().statusCode(201);
        await().until(() -> unread(room) == 1);

        edits(room, "{\"mentions\":[\"" + grace.id() + "\",\"" + ada.id() + "\"]}");

        await().until(() -> last(hers, "unread").get("mentions").asLong() == 1);
        assertThat(mentions(room)).isEqualTo(1);

        edits(room, "{\"mentions\":[]}");

        await().until(() -> last(hers, "unread").get("mentions").asLong() == 0);
        assertThat(mentions(room)).isZero();
        assertThat(unread(room)).isEqualTo(1);
    }

    @Test
    void shouldPublishUnreadCountsOfARoomThatIsNotJoined() {
        String room = ada.creates("public");
        grace.joins(room);
        List<UUID> both = List.of(ada.id(), grace.id());
        ada.sends(room, Map.of("content", "one", "mentions", both)).then().statusCode(201);
        grace.sends(room, Map.of("content", "of herself", "mentions", both))
                .then()
                .statusCode(201);
        ada.sends(room, "three").then().statusCode(201);

        await().until(() -> unread(room) == 2);
        JsonNode unread = last(hers, "unread");
        assertThat(unread.get("lastSeq").asLong()).isEqualTo(3);
        assertThat(unread.get("readSeq").asLong()).isZero();
        assertThat(unread.get("mentions").asLong()).isEqualTo(1);
        assertThat(mentions(room)).isEqualTo(1);

        ada.asks().delete("/api/rooms/" + room + "/messages/1").then().statusCode(204);

        await().until(() -> unread(room) == 1);
        assertThat(last(hers, "unread").get("mentions").asLong()).isZero();
        assertThat(mentions(room)).isZero();
    }

    @Test
    void shouldNotPublishUnreadCountsToAConnectionThatHasJoined() {
        String room = ada.creates("public");
        grace.joins(room);
        try (Socket joined = connected(grace)) {
            joined.join(UUID.fromString(room));
            ada.sends(room, "one").then().statusCode(201);

            await().until(() -> unread(room) == 1);
            assertThat(frames(joined, "unread")).isEmpty();
            assertThat(joined.messages(UUID.fromString(room))).hasSize(1);
        }
    }

    @Test
    void shouldPublishAReadMarkToOtherConnectionsOfTheUser() {
        String room = ada.creates("public");
        grace.joins(room);
        for (int i = 1; i <= 3; i++) {
            ada.sends(room, "message " + i).then().statusCode(201);
        }
        await().until(() -> unread(room) == 3);

        grace.reads(room, 2).then().statusCode(200);

        await().until(() -> unread(room) == 1);
        JsonNode read = last(hers, "read");
        assertThat(read.get("seq").asLong()).isEqualTo(2);
        assertThat(read.at("/user/id").asText()).isEqualTo(grace.id().toString());
        assertThat(last(hers, "unread").get("readSeq").asLong()).isEqualTo(2);

        grace.asks()
                .contentType("application/json")
                .body(Map.of("seq", 0, "force", true))
                .put("/api/rooms/" + room + "/read")
                .then()
                .statusCode(200)
                .body("seq", equalTo(0));

        await().until(() -> unread(room) == 3);
        assertThat(last(hers, "read").get("forced").asBoolean()).isTrue();
    }

    @Test
    void shouldPublishNoCountThatEndsBeforeTheReadMark() {
        String room = ada.creates("public");
        grace.joins(room);
        ada.sends(room, "one").then().statusCode(201);
        await().until(() -> unread(room) == 1);

        // Within the interval of the counts.
        ada.sends(room, "two").then().statusCode(201);
        grace.reads(room, 2).then().statusCode(200);

        await().until(() -> unread(room) == 0);
        JsonNode unread = last(hers, "unread");
        assertThat(unread.get("readSeq").asLong()).isEqualTo(2);
        assertThat(unread.get("lastSeq").asLong()).isEqualTo(2);
    }

    @Test
    void shouldCountAtMostTheNewestThousandAsUnread() {
        String room = ada.creates("public");
        grace.joins(room);
        List<Map<String, String>> thousand = Stream.generate(() -> Map.of("content", "one of many"))
                .limit(1_000)
                .toList();
        ada.sendsBatch(room, thousand).then().statusCode(201);
        await().until(() -> unread(room) == 1_000);
        ada.sendsBatch(room, thousand).then().statusCode(201);

        await().until(() -> last(hers, "unread").get("lastSeq").asLong() == 2_000);
        assertThat(unread(room)).isEqualTo(1_000);
        assertThat(sync(grace).at("/items").findValuesAsText("unread")).contains("1000");
    }

    private Socket connected(Person person) {
        Socket socket = Socket.of(server(), person.token());
        await().until(() -> frames(socket, "account").count() == 1);
        return socket;
    }

    private void adds(String room, Person person) {
        ada.asks().put("/api/rooms/" + room + "/members/" + person.id()).then().statusCode(200);
    }

    private void edits(String room, String patch) {
        ada.asks()
                .contentType("application/json")
                .body(patch)
                .patch("/api/rooms/" + room + "/messages/1")
                .then()
                .statusCode(200);
    }

    /** The count of this room in the last frame; -1 without one. */
    private long unread(String room) {
        return frames(hers, "unread")
                .filter(frame -> frame.get("room").asText().equals(room))
                .mapToLong(frame -> frame.get("unread").asLong())
                .reduce(-1, (before, next) -> next);
    }

    private int mentions(String room) {
        return grace.asks()
                .get("/api/messages/sync")
                .jsonPath()
                .getInt("items.find { it.id == '" + room + "' }.mentions");
    }

    private static JsonNode sync(Person person) {
        return Json.parse(person.asks().get("/api/messages/sync").asString());
    }

    private static Stream<JsonNode> frames(Socket socket, String type) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals(type));
    }

    private static JsonNode last(Socket socket, String type) {
        return frames(socket, type).reduce((before, next) -> next).orElseThrow();
    }
}
