package io.heliograph.message.message.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AttributesTest extends MessageServiceTest {

    private static final String METADATA = "{\"order\":17,\"price\":1.10,\"lines\":[{\"id\":12345678901234567890}]}";

    private Person ada;
    private Person grace;
    private String room;

    @BeforeEach
    void makeARoom() {
        ada = person("ada");
        grace = person("grace");
        room = ada.creates("public");
        grace.joins(room);
    }

    @Test
    void shouldReturnAttributesInEveryReadOfTheMessage() {
        ada.sends(room, "one");

        String sent = withAttributes(
                        "two",
                        ",\"metadata\": {\"order\": 17, \"price\": 1.10, \"lines\": "
                                + "[{\"id\": 12345678901234567890}]},\"replyTo\":1,\"mentions\":[\"" + grace.id()
                                + "\",\""
                                + grace.id() + "\"]")
                .then()
                .statusCode(201)
                .body("replyTo", equalTo(1))
                .body("mentions", contains(grace.id().toString()))
                .extract()
                .asString();

        assertThat(sent).contains(METADATA);
        for (String path : List.of(
                "/api/rooms/" + room + "/messages",
                "/api/rooms/" + room + "/messages/2",
                "/api/rooms/" + room + "/changes?after=1",
                "/api/rooms",
                "/api/messages/sync")) {
            assertThat(grace.asks().get(path).then().statusCode(200).extract().asString())
                    .as(path)
                    .contains("\"metadata\":" + METADATA, "\"replyTo\":1", "\"mentions\":[\"" + grace.id() + "\"]");
        }
        await().untilAsserted(() -> grace.asks()
                .get("/api/messages/search?q=two&room=" + room)
                .then()
                .body(containsString(METADATA)));
        ada.asks()
                .get("/api/rooms/" + room + "/messages/1")
                .then()
                .body(not(containsString("metadata")))
                .body(not(containsString("replyTo")))
                .body(not(containsString("mentions")));
    }

    @Test
    void shouldAcceptAndPublishAttributesOverTheSocket() {
        UUID id = UUID.fromString(room);
        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.welcome();
            socket.join(id);

            JsonNode ack = socket.request(send(
                            "one",
                            Map.of(
                                    "metadata",
                                    Map.of("order", 17),
                                    "mentions",
                                    List.of(grace.id().toString()))))
                    .join();
            JsonNode reply = socket.request(send("two", Map.of("replyTo", 1))).join();
            socket.sendFrame("{\"type\":\"send\",\"room\":\"" + room
                    + "\",\"clientId\":\"three\",\"content\":\"three\",\"metadata\":{\"price\":1.10}}");

            assertThat(ack.get("type").asText()).isEqualTo("ack");
            assertThat(reply.get("type").asText()).isEqualTo("ack");
            await().until(() -> socket.messages(id).size() == 3);
            JsonNode message = socket.messages(id).get(0);
            assertThat(message.at("/metadata/order").asInt()).isEqualTo(17);
            assertThat(message.at("/mentions/0").asText()).isEqualTo(grace.id().toString());
            assertThat(message.has("replyTo")).isFalse();
            assertThat(socket.messages(id).get(1).get("replyTo").asLong()).isEqualTo(1);
        }
        String three = grace.asks().get("/api/rooms/" + room + "/messages/3").asString();
        assertThat(three).contains("{\"price\":1.10}");
        // The same over REST is the same send.
        assertThat(withAttributes("three", ",\"clientId\":\"three\",\"metadata\":{\"price\": 1.10}")
                        .jsonPath()
                        .getInt("seq"))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"metadata\":[]",
                "\"metadata\":\"text\"",
                "\"metadata\":{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{}}}}}}",
                "\"metadata\":{\"n\":1e999}",
                "\"replyTo\":0",
                "\"replyTo\":\"1\"",
                "\"mentions\":[\"ada\"]",
                "\"mentions\":\"ada\""
            })
    void shouldRejectInvalidAttributes(String attribute) {
        String field = attribute.substring(1, attribute.indexOf('"', 1));

        Response refusal = withAttributes("one", "," + attribute);
        refused(refusal, 400, "invalid_request");
        refusal.then().body("errors[0].field", containsString(field));

        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.welcome();
            socket.sendFrame("{\"type\":\"send\",\"id\":1,\"room\":\"" + room
                    + "\",\"clientId\":\"c\",\"content\":\"one\"," + attribute + "}");
            await().until(() -> socket.frames().stream()
                    .anyMatch(frame -> frame.path("code").asText().equals("invalid_request")
                            && frame.path("message").asText().startsWith(field)));
        }
    }

    @Test
    void shouldRejectTooLargeMetadataAndTooManyMentions() {
        String large = "\"metadata\":{\"a\":\"" + "é".repeat(2_045) + "\"}";
        refused(withAttributes("one", "," + large), 400, "invalid_request");
        Map<String, Object> message = new HashMap<>(Map.of("content", "one"));
        message.put("mentions", Collections.nCopies(51, grace.id()));
        refused(ada.sends(room, message), 400, "invalid_request");
    }

    @Test
    void shouldRejectAReplyToAMissingMessage() {
        refused(ada.sends(room, Map.of("content", "one", "replyTo", 1)), 422, "reply_not_found");

        ada.sends(room, "one").then().statusCode(201).body("seq", equalTo(1));
        ada.asks().delete("/api/rooms/" + room + "/messages/1");

        ada.sends(room, Map.of("content", "to a tombstone", "replyTo", 1))
                .then()
                .statusCode(201)
                .body("replyTo", equalTo(1));
    }

    @Test
    void shouldRejectAMentionOfANonMember() {
        Person edith = person("edith");
        Map<String, Object> message =
                Map.of("content", "one", "clientId", "c", "mentions", List.of(grace.id(), edith.id()));
        refused(ada.sends(room, message), 422, "mention_outside_room");
        refused(edith.sends(room, message), 403, "not_a_member");

        edith.joins(room);
        ada.sends(room, message).then().statusCode(201);
        edith.asks().delete("/api/rooms/" + room + "/members/" + edith.id());

        ada.sends(room, message).then().statusCode(201).body("seq", equalTo(1));
    }

    @Test
    void shouldStoreNothingOfABatchWithAnInvalidMessage() {
        Person edith = person("edith");
        refused(batch("{\"content\":\"one\"},{\"content\":\"two\",\"replyTo\":1}"), 422, "reply_not_found");
        refused(
                batch("{\"content\":\"one\"},{\"content\":\"two\",\"mentions\":[\"" + edith.id() + "\"]}"),
                422,
                "mention_outside_room");

        batch("{\"content\":\"one\",\"metadata\":{\"n\":1}},{\"content\":\"two\"}")
                .then()
                .statusCode(201)
                .body("firstSeq", equalTo(1))
                .body("messages[0].metadata.n", equalTo(1));
    }

    @Test
    void shouldTreatASendAsRepeatedOnlyWithTheSameAttributes() {
        String attributes = ",\"clientId\":\"c\",\"metadata\":{\"n\":1},\"mentions\":[\"" + grace.id() + "\"]";
        String first = withAttributes("one", attributes)
                .then()
                .statusCode(201)
                .extract()
                .asString();

        for (int change = 0; change < 3; change++) {
            if (change == 1) {
                edit("{\"content\":\"other\",\"metadata\":{\"n\":2}}").then().statusCode(200);
            } else if (change == 2) {
                ada.asks().delete("/api/rooms/" + room + "/messages/1").then().statusCode(204);
            }
            assertThat(withAttributes("one", attributes).asString()).isEqualTo(first);
            refused(withAttributes("one", ",\"clientId\":\"c\""), 409, "client_id_reused");
            refused(withAttributes("one", ",\"clientId\":\"c\",\"metadata\":{\"n\":1}"), 409, "client_id_reused");
        }
        ada.sends(room, Map.of("content", "plain", "clientId", "p")).then().statusCode(201);
        refused(withAttributes("plain", ",\"clientId\":\"p\",\"replyTo\":1"), 409, "client_id_reused");
        withAttributes("plain", ",\"clientId\":\"p\",\"metadata\":{}").then().statusCode(201);
    }

    @Test
    void shouldChangeMetadataWithTheContentOrAlone() {
        withAttributes("one", ",\"metadata\":{\"n\":1},\"mentions\":[\"" + grace.id() + "\"]");

        edit("{\"metadata\":{\"n\":2}}")
                .then()
                .statusCode(200)
                .body("content", equalTo("one"))
                .body("metadata.n", equalTo(2))
                .body("mentions", contains(grace.id().toString()))
                .body("rev", equalTo(2));
        edit("{\"metadata\":{\"n\":2}}").then().body("rev", equalTo(2));
        edit("{\"content\":\"two\"}").then().body("metadata.n", equalTo(2)).body("content", equalTo("two"));
        edit("{\"metadata\":null}").then().body(not(containsString("metadata"))).body("rev", equalTo(4));
        edit("{\"metadata\":{}}").then().body("rev", equalTo(4));
        refused(edit("{\"content\":null}"), 400, "invalid_request");
        refused(edit("{}"), 400, "invalid_request");
        refused(edit("{\"metadata\":[]}"), 400, "invalid_request");
    }

    @Test
    void shouldChangeTheMentionsOfAMessage() {
        Person linus = person("linus");
        linus.joins(room);
        withAttributes("one", ",\"clientId\":\"m\",\"mentions\":[\"" + grace.id() + "\"]");

        edit("{\"mentions\":[\"" + linus.id() + "\",\"" + linus.id() + "\"]}")
                .then()
                .statusCode(200)
                .body("content", equalTo("one"))
                .body("mentions", contains(linus.id().toString()))
                .body("rev", equalTo(2));
        edit("{\"mentions\":[\"" + linus.id() + "\"]}").then().body("rev", equalTo(2));
        refused(edit("{\"mentions\":[\"" + UUID.randomUUID() + "\"]}"), 422, "mention_outside_room");

        linus.asks()
                .delete("/api/rooms/" + room + "/members/" + linus.id())
                .then()
                .statusCode(204);
        edit("{\"content\":\"two\",\"mentions\":[\"" + linus.id() + "\",\"" + grace.id() + "\"]}")
                .then()
                .statusCode(200)
                .body("mentions", hasSize(2));
        edit("{\"mentions\":null}").then().body(not(containsString("mentions"))).body("rev", equalTo(4));
        withAttributes("one", ",\"clientId\":\"m\",\"mentions\":[\"" + grace.id() + "\"]")
                .then()
                .statusCode(201)
                .body("seq", equalTo(1));
    }

    @Test
    void shouldLeaveNoAttributesOfADeletedMessage() {
        withAttributes("one", "");
        withAttributes("two", ",\"metadata\":{\"n\":1},\"replyTo\":1,\"mentions\":[\"" + grace.id() + "\"]");

        ada.asks().delete("/api/rooms/" + room + "/messages/2").then().statusCode(204);

        String left = ada.asks().get("/api/rooms/" + room + "/messages/2").asString();
        assertThat(left).contains("deletedAt").doesNotContain("metadata", "replyTo", "mentions");
    }

    private Response withAttributes(String content, String more) {
        return post("/messages", "{\"content\":\"" + content + "\"" + more + "}");
    }

    private Response batch(String messages) {
        return post("/messages/batch", "{\"messages\":[" + messages + "]}");
    }

    private Response post(String path, String body) {
        return ada.asks().contentType("application/json").body(body).post("/api/rooms/" + room + path);
    }

    private Response edit(String body) {
        return ada.asks().contentType("application/json").body(body).patch("/api/rooms/" + room + "/messages/1");
    }

    private Map<String, Object> send(String content, Map<String, ?> attributes) {
        Map<String, Object> frame = new HashMap<>(attributes);
        frame.put("type", "send");
        frame.put("room", room);
        frame.put("clientId", content);
        frame.put("content", content);
        return frame;
    }
}
