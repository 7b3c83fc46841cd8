package io.heliograph.message.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Json;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SyncTest extends MessageServiceTest {

    @Test
    void shouldReturnTheCurrentStateOfEachRoomOfTheCaller() {
        Person ada = person("ada");
        Person grace = person("grace");
        String room = ada.creates("public");
        grace.joins(room);
        ada.sends(room, "first").then().statusCode(201);
        ada.sends(room, "second").then().statusCode(201);
        grace.asks()
                .put("/api/rooms/" + room + "/messages/1/reactions/👍")
                .then()
                .statusCode(200);
        grace.reads(room, 1).then().statusCode(200);

        grace.asks()
                .get("/api/messages/sync")
                .then()
                .statusCode(200)
                .body("items.id", contains(room))
                .body("items[0].role", equalTo("member"))
                .body("items[0].lastSeq", equalTo(2))
                .body("items[0].rev", equalTo(3))
                .body("items[0].readSeq", equalTo(1))
                .body("items[0].unread", equalTo(1))
                .body("items[0].online", equalTo(0))
                .body("items[0].lastMessage.content", equalTo("second"))
                .body("next", nullValue());
        person("eve").asks().get("/api/messages/sync").then().body("items", empty());
    }

    @Test
    void shouldBeContinuedByAJoinWithoutAGapWhileMessagesArrive() {
        Person ada = person("ada");
        String room = ada.creates("private");
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> LongStream.range(0, 60)
                .forEach(i -> ada.sends(room, "message " + i).then().statusCode(201)));
        await().until(() -> sync(ada).get("rev").asLong() > 5);

        JsonNode picture = sync(ada);
        long rev = picture.get("rev").asLong();
        assertThat(picture.at("/lastMessage/seq").asLong())
                .isEqualTo(picture.get("lastSeq").asLong())
                .isEqualTo(rev);

        UUID id = UUID.fromString(room);
        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.join(id, rev);
            traffic.join();
            await().until(() -> socket.messages(id).size() == 60 - rev);
            assertThat(socket.messages(id))
                    .extracting(message -> message.get("seq").asLong())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(rev + 1, 60).boxed().toList());
        }
    }

    @Test
    void shouldPageThroughManyRooms() {
        Person ada = person("ada");
        String first = ada.creates("private");
        String second = ada.creates("private");

        String next = ada.asks()
                .get("/api/messages/sync?limit=1")
                .then()
                .body("items.id", contains(first))
                .extract()
                .path("next");
        ada.asks()
                .get("/api/messages/sync?limit=1&after=" + next)
                .then()
                .body("items.id", contains(second))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "after=rubbish"})
    void shouldRejectAnInvalidPage(String query) {
        refused(person("ada").asks().get("/api/messages/sync?" + query), 400, "invalid_request");
    }

    @Test
    void shouldRequireAToken() {
        refused(anonymous().get("/api/messages/sync"), 401, "unauthenticated");
    }

    private static JsonNode sync(Person person) {
        return Json.parse(person.asks().get("/api/messages/sync").asString()).at("/items/0");
    }
}
