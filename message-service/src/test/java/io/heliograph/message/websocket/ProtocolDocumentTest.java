package io.heliograph.message.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.delivery.EphemeralEvent;
import io.heliograph.message.message.Sender;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Json;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/asyncapi.yaml, as it is served, against what goes over a socket. */
@QuarkusTest
class ProtocolDocumentTest extends MessageServiceTest {

    private ProtocolSchemas schemas;
    private Person ada;
    private Person grace;
    private UUID room;

    @BeforeEach
    void readTheDocument() {
        Response served = anonymous().get(ProtocolDocument.PATH);
        assertThat(served.contentType()).isEqualTo(ProtocolDocument.MEDIA_TYPE);
        schemas = ProtocolSchemas.of(served.asByteArray());
        ada = person("ada");
        grace = person("grace");
        String id = ada.creates("public");
        grace.joins(id);
        room = UUID.fromString(id);
    }

    @Test
    void shouldDescribeEveryFrameThatTheServerSends() {
        Set<String> seen = new HashSet<>();
        seen.addAll(schemas.namesOf(framesOfALivelyRoom(), "toClient"));
        // These take a database that fails in the middle of a page, the end of the replica, and user-service.
        seen.addAll(schemas.namesOf(
                List.of(
                        frame(ServerFrames.resync(room, 7)),
                        frame(ServerFrames.drain(1_500)),
                        frame(EphemeralEvent.profile(new Sender(ada.id(), "ada", "Ada", false))
                                .frame())),
                "toClient"));

        assertThat(seen).containsExactlyInAnyOrderElementsOf(schemas.names("toClient"));
    }

    @Test
    void shouldDescribeEveryFrameThatTheServerTakes() {
        List<JsonNode> requests = List.of(
                request("connect", Map.of("token", ada.token())),
                request("join", Map.of("room", room, "after", 0)),
                request("send", Map.of("room", room, "clientId", "c", "content", "hello")),
                request("typing", Map.of("room", room)),
                request("event", Map.of("room", room, "name", "saved", "data", Map.of("page", 3))),
                request("read", Map.of("room", room, "seq", 1)),
                request("leave", Map.of("room", room)),
                request("ping", Map.of()));

        assertThat(schemas.namesOf(requests, "fromClient"))
                .containsExactlyInAnyOrderElementsOf(schemas.names("fromClient"));
        try (Socket socket = Socket.open(server())) {
            requests.forEach(each -> {
                socket.sendFrame(each.toString());
                // One after the other, as each needs the one before. To typing and events there is no answer.
                await().until(() -> answered(socket, each.get("id"))
                        || Set.of("typing", "event").contains(each.get("type").asText()));
            });
            assertThat(socket.frames())
                    .extracting(frame -> frame.get("type").asText())
                    .doesNotContain("error");
        }
    }

    @Test
    void shouldRejectFramesThatDoNotMatchTheirSchema() {
        assertThat(schemas.faults(Json.parse("{\"type\":\"pong\"}"), "toClient"))
                .isNotEmpty();
        assertThat(schemas.faults(
                        Json.parse("{\"type\":\"pong\",\"serverTime\":\"2026-01-01T12:00:00Z\",\"mood\":\"good\"}"),
                        "toClient"))
                .isNotEmpty();
        assertThat(schemas.faults(Json.parse("{\"type\":\"pong\",\"serverTime\":\"noon\"}"), "toClient"))
                .isNotEmpty();
        assertThat(schemas.faults(Json.parse("{\"type\":\"smoke\"}"), "toClient"))
                .isNotEmpty();
    }

    /** All frames that one socket got while another one used all requests, and those of a later reader. */
    private List<JsonNode> framesOfALivelyRoom() {
        try (Socket observer = Socket.of(server(), ada.token());
                Socket actor = Socket.of(server(), grace.token());
                Socket latecomer = Socket.of(server(), ada.token())) {
            observer.join(room);
            actor.join(room);
            actor.sendFrame(Map.of("type", "typing", "room", room));
            actor.sendFrame(Map.of("type", "event", "room", room, "name", "saved"));
            observer.send(room, "c1", "to be deleted");
            actor.send(room, "c2", "to be edited");
            actor.request(Map.of("type", "read", "room", room, "seq", 1)).join();
            changes();
            observer.request(Map.of("type", "read", "room", room, "seq", 2)).join();
            observer.sendFrame("nonsense");
            ping(observer);
            await().until(() ->
                    types(observer).containsAll(Set.of("presence", "typing", "event", "deleted", "reaction")));
            latecomer.join(room, 1);
            await().until(() -> types(latecomer).containsAll(Set.of("message", "deleted")));
            otherRoom(observer);
            observer.request(Map.of("type", "leave", "room", room)).join();
            return List.of(observer, actor, latecomer).stream()
                    .flatMap(socket -> socket.frames().stream())
                    .toList();
        }
    }

    private void changes() {
        String messages = "/api/rooms/" + room + "/messages/";
        grace.asks()
                .contentType("application/json")
                .body(Map.of("content", "edited"))
                .patch(messages + 2)
                .then()
                .statusCode(200);
        grace.asks().put(messages + "2/reactions/👍").then().statusCode(200);
        ada.asks().delete(messages + 1).then().statusCode(204);
    }

    /** Another room, of which the socket gets account events without joining it. */
    private void otherRoom(Socket socket) {
        String other = ada.creates("public");
        grace.joins(other);
        grace.sends(other, "to be read").then().statusCode(201);
        ada.asks()
                .contentType("application/json")
                .body(Map.of("topic", "soon gone"))
                .patch("/api/rooms/" + other)
                .then()
                .statusCode(200);
        await().until(() -> types(socket).containsAll(Set.of("account", "room_added", "unread", "room_updated")));
        ada.asks().delete("/api/rooms/" + other).then().statusCode(204);
        await().until(() -> types(socket).contains("room_removed"));
    }

    private static void ping(Socket socket) {
        JsonNode pong = socket.request(Map.of("type", "ping")).join();
        assertThat(pong.get("type").asText()).isEqualTo("pong");
    }

    private static boolean answered(Socket socket, JsonNode id) {
        return socket.frames().stream().anyMatch(frame -> id.equals(frame.get("id")));
    }

    private static Set<String> types(Socket socket) {
        Set<String> types = new HashSet<>();
        socket.frames().forEach(frame -> types.add(frame.get("type").asText()));
        return types;
    }

    private static JsonNode frame(byte[] json) {
        return Json.parse(new String(json, UTF_8));
    }

    private static JsonNode request(String type, Map<String, Object> fields) {
        Map<String, Object> frame = new HashMap<>(fields);
        frame.put("type", type);
        frame.put("id", type);
        return Json.parse(Json.write(frame));
    }
}
