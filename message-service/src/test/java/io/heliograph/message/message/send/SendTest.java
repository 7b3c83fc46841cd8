package io.heliograph.message.message.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SendTest extends MessageServiceTest {

    @Test
    void shouldStoreAMessageAtTheEndOfItsRoom() {
        Person ada = person("ada");
        String room = ada.creates("private");

        ada.sends(room, Map.of("content", "héllo 👋", "clientId", "one"))
                .then()
                .statusCode(201)
                .body("room", equalTo(room))
                .body("seq", equalTo(1))
                .body("rev", equalTo(1))
                .body("sender.id", equalTo(ada.id().toString()))
                .body("sender.username", equalTo("ada"))
                .body("clientId", equalTo("one"))
                .body("content", equalTo("héllo 👋"))
                .body("createdAt", notNullValue());
        ada.sends(room, "second").then().statusCode(201).body("seq", equalTo(2));
    }

    @Test
    void shouldRepeatTheFirstResponseForARepeatedClientId() {
        Person ada = person("ada");
        String room = ada.creates("private");
        Map<String, Object> message = Map.of("content", "once", "clientId", "the-same");

        String first = ada.sends(room, message).then().statusCode(201).extract().asString();
        ada.sends(room, "in between").then().statusCode(201);
        String again = ada.sends(room, message).then().statusCode(201).extract().asString();

        assertThat(again).isEqualTo(first);
        ada.asks().get("/api/rooms/" + room + "/messages").then().body("items.seq", contains(2, 1));
    }

    @Test
    void shouldRejectAClientIdThatWasUsedForAnotherContent() {
        Person ada = person("ada");
        String room = ada.creates("private");
        ada.sends(room, Map.of("content", "one", "clientId", "id")).then().statusCode(201);

        refused(ada.sends(room, Map.of("content", "two", "clientId", "id")), 409, "client_id_reused");
    }

    @Test
    void shouldUseTheIdempotencyKeyAsAClientId() {
        Person ada = person("ada");
        String room = ada.creates("private");
        for (int i = 0; i < 2; i++) {
            ada.asks()
                    .header("Idempotency-Key", "key")
                    .contentType("application/json")
                    .body(Map.of("content", "once"))
                    .post("/api/rooms/" + room + "/messages")
                    .then()
                    .statusCode(201)
                    .body("seq", equalTo(1))
                    .body("clientId", equalTo("key"));
        }
    }

    @Test
    void shouldLetTwoSendersUseTheSameClientId() {
        Person ada = person("ada");
        Person grace = person("grace");
        String room = ada.creates("public");
        grace.joins(room);

        ada.sends(room, Map.of("content", "a", "clientId", "id")).then().statusCode(201);
        grace.sends(room, Map.of("content", "b", "clientId", "id"))
                .then()
                .statusCode(201)
                .body("seq", equalTo(2));
    }

    @Test
    void shouldNumberConcurrentSendsWithoutAGap() {
        Person ada = person("ada");
        List<String> rooms = List.of(ada.creates("private"), ada.creates("private"));

        List<CompletableFuture<Response>> sends = IntStream.range(0, 200)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> ada.sends(rooms.get(i % 2), "message " + i)))
                .toList();
        sends.forEach(send -> send.join().then().statusCode(201));

        for (String room : rooms) {
            ada.asks()
                    .get("/api/rooms/" + room + "/messages?after=0&limit=200")
                    .then()
                    .body(
                            "items.seq",
                            equalTo(IntStream.rangeClosed(1, 100).boxed().toList()))
                    .body(
                            "items.rev",
                            equalTo(IntStream.rangeClosed(1, 100).boxed().toList()));
        }
    }

    @Test
    void shouldStoreOneMessageForConcurrentRepeatedSends() {
        Person ada = person("ada");
        String room = ada.creates("private");
        Map<String, Object> message = Map.of("content", "once", "clientId", "at once");

        List<String> answers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> ada.sends(room, message)))
                .toList()
                .stream()
                .map(answer -> answer.join().then().statusCode(201).extract().asString())
                .distinct()
                .toList();

        assertThat(answers).hasSize(1);
        ada.asks().get("/api/rooms/" + room).then().body("lastSeq", equalTo(1));
    }

    @Test
    void shouldAcceptContentUpToItsBoundInCharacters() {
        Person ada = person("ada");
        String room = ada.creates("private");

        ada.sends(room, "😀".repeat(8_000)).then().statusCode(201);
        refused(ada.sends(room, "x".repeat(8_001)), 400, "invalid_request");
        refused(ada.sends(room, ""), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"content\":null}",
                "{\"content\":7}",
                "{\"content\":\"a\\u0000b\"}",
                "{\"content\":\"\\udc00\"}",
                "{\"content\":\"x\",\"clientId\":\"\"}",
                "[]"
            })
    void shouldRejectAnInvalidMessage(String body) {
        Person ada = person("ada");
        String room = ada.creates("private");
        refused(
                ada.asks().contentType("application/json").body(body).post("/api/rooms/" + room + "/messages"),
                400,
                "invalid_request");
    }

    @Test
    void shouldPageThroughTheHistoryBothWays() {
        Person ada = person("ada");
        String room = ada.creates("private");
        for (int i = 1; i <= 5; i++) {
            ada.sends(room, "message " + i).then().statusCode(201);
        }
        String history = "/api/rooms/" + room + "/messages";

        ada.asks()
                .get(history + "?limit=2")
                .then()
                .body("items.seq", contains(5, 4))
                .body("next", equalTo(4));
        ada.asks()
                .get(history + "?limit=2&before=4")
                .then()
                .body("items.seq", contains(3, 2))
                .body("next", equalTo(2));
        ada.asks()
                .get(history + "?limit=2&before=2")
                .then()
                .body("items.seq", contains(1))
                .body("next", nullValue());
        ada.asks()
                .get(history + "?limit=2&after=0")
                .then()
                .body("items.seq", contains(1, 2))
                .body("next", equalTo(2));
        ada.asks()
                .get(history + "?limit=3&after=2")
                .then()
                .body("items.seq", contains(3, 4, 5))
                .body("next", nullValue());
        refused(ada.asks().get(history + "?before=3&after=1"), 400, "invalid_request");
        refused(ada.asks().get(history + "?after=-1"), 400, "invalid_request");
        ada.asks()
                .get(history + "?after=99")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0))
                .body("next", nullValue());
    }
}
