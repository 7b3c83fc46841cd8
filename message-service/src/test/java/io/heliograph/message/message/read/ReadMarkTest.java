package io.heliograph.message.message.read;

import static org.hamcrest.Matchers.equalTo;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
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

        ada.asks().get("/api/rooms").then().body("items[0].readSeq", equalTo(2)).body("items[0].unread", equalTo(1));
    }

    @Test
    void shouldStopAtTheEndOfTheRoom() {
        ada.reads(room, Long.MAX_VALUE).then().statusCode(200).body("seq", equalTo(3));

        ada.sends(room, "new").then().statusCode(201);
        ada.asks().get("/api/rooms").then().body("items[0].unread", equalTo(1));
    }

    @Test
    void shouldKeepTheFurthestOfManyAtOnce() {
        IntStream.rangeClosed(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> ada.reads(room, i % 4).then().statusCode(200)))
                .toList()
                .forEach(CompletableFuture::join);

        ada.reads(room, 0).then().body("seq", equalTo(3));
    }

    @Test
    void shouldBeEachMembersOwn() {
        Person grace = person("grace");
        grace.joins(room);
        ada.reads(room, 3).then().statusCode(200);

        grace.asks().get("/api/rooms").then().body("items[0].unread", equalTo(3));
    }

    @Test
    void shouldBeForMembers() {
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
    void shouldRefuseAPlaceThatIsNone(String body) {
        refused(
                ada.asks().contentType("application/json").body(body).put("/api/rooms/" + room + "/read"),
                400,
                "invalid_request");
    }
}
