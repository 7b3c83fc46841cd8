package io.heliograph.message.message.read;

import static org.hamcrest.Matchers.equalTo;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ReadMarkTest extends MessageServiceTest {

    private Person ada;
    private String room;

    @BeforeEach
    void aRoomWithThreeMessages() {
        ada = person("ada");
        room = ada.creates("public");
        for (int i = 0; i < 3; i++) {
            ada.sends(room, "message " + i).then().statusCode(201);
        }
    }

    @Test
    void shouldMoveForwardOnly() {
        ada.reads(room, 2).then().statusCode(200).body("room", equalTo(room)).body("seq", equalTo(2));
        ada.reads(room, 1).then().statusCode(200).body("seq", equalTo(2));
        ada.reads(room, 0).then().statusCode(200).body("seq", equalTo(2));

        ada.asks().get("/api/rooms").then().body("items[0].readSeq", equalTo(2));
    }

    @Test
    void shouldNotMoveBeyondTheLastMessage() {
        ada.reads(room, Long.MAX_VALUE).then().statusCode(200).body("seq", equalTo(3));

        Person grace = person("grace");
        grace.joins(room);
        grace.sends(room, "new").then().statusCode(201);
        unread(ada).body("items[0].unread", equalTo(1));
    }

    @Test
    void shouldKeepTheFurthestOfConcurrentMarks() {
        IntStream.rangeClosed(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> ada.reads(room, i % 4).then().statusCode(200)))
                .toList()
                .forEach(CompletableFuture::join);

        ada.reads(room, 0).then().body("seq", equalTo(3));
    }

    @Test
    void shouldBeSeparateForEachMember() {
        Person grace = person("grace");
        grace.joins(room);
        ada.reads(room, 3).then().statusCode(200);

        ada.sends(room, "new").then().statusCode(201);

        unread(ada).body("items[0].readSeq", equalTo(3)).body("items[0].unread", equalTo(0));
        unread(grace).body("items[0].readSeq", equalTo(3)).body("items[0].unread", equalTo(1));
    }

    @Test
    void shouldRejectNonMembers() {
        Person eve = person("eve");
        refused(eve.reads(room, 1), 403, "not_a_member");
        refused(eve.reads(ada.creates("private"), 1), 404, "room_not_found");
        refused(eve.reads(UUID.randomUUID().toString(), 1), 404, "room_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"seq\":null}",
                "{\"seq\":-1}",
                "{\"seq\":1.5}",
                "{\"seq\":\"1\"}",
                "{\"seq\":99999999999999999999}",
                "[]"
            })
    void shouldRejectAnInvalidMark(String body) {
        refused(
                ada.asks().contentType("application/json").body(body).put("/api/rooms/" + room + "/read"),
                400,
                "invalid_request");
    }

    @Test
    void shouldGoBackWhenForced() {
        ada.reads(room, 3).then().statusCode(200);

        forces(1).then().statusCode(200).body("seq", equalTo(1));
        ada.asks().get("/api/rooms").then().body("items[0].readSeq", equalTo(1));
        forces(99).then().statusCode(200).body("seq", equalTo(3));
    }

    @Test
    void shouldCountMessagesOfOthersSinceTheMemberJoined() {
        Person grace = person("grace");
        grace.joins(room);
        unread(grace).body("items[0].unread", equalTo(0)).body("items[0].readSeq", equalTo(3));

        grace.sends(room, "of her own").then().statusCode(201);
        ada.sends(room, "unread").then().statusCode(201);
        ada.sends(room, "deleted").then().statusCode(201);
        ada.asks().delete("/api/rooms/" + room + "/messages/6").then().statusCode(204);

        unread(grace)
                .body("items[0].unread", equalTo(1))
                .body("items[0].mentions", equalTo(0))
                .body("items[0].lastSeq", equalTo(6));
        grace.asks().get("/api/messages/sync").then().body("items[0].unread", equalTo(1));
        unread(ada).body("items[0].unread", equalTo(1));
    }

    @Test
    void shouldKeepTheMarkOfAMemberWhoLeavesAndReturns() {
        Person grace = person("grace");
        grace.joins(room);
        ada.sends(room, "read").then().statusCode(201);
        ada.sends(room, "unread").then().statusCode(201);
        grace.reads(room, 4).then().statusCode(200);

        grace.asks()
                .delete("/api/rooms/" + room + "/members/" + grace.id())
                .then()
                .statusCode(204);
        grace.joins(room);

        unread(grace).body("items[0].readSeq", equalTo(4)).body("items[0].unread", equalTo(1));
    }

    @Test
    void shouldShowMembersHowFarTheOthersHaveRead() {
        Person grace = person("grace");
        grace.joins(room);
        ada.reads(room, 2).then().statusCode(200);

        grace.asks()
                .get("/api/rooms/" + room + "/reads")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(2))
                .body("items.find { it.user.id == '" + ada.id() + "' }.seq", equalTo(2))
                .body("items.find { it.user.id == '" + grace.id() + "' }.seq", equalTo(3));
        refused(person("eve").asks().get("/api/rooms/" + room + "/reads"), 403, "not_a_member");
    }

    private Response forces(long seq) {
        return ada.asks()
                .contentType("application/json")
                .body(Map.of("seq", seq, "force", true))
                .put("/api/rooms/" + room + "/read");
    }

    private static ValidatableResponse unread(Person person) {
        return person.asks().get("/api/rooms").then().statusCode(200);
    }
}
