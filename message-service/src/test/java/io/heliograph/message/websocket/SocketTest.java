package io.heliograph.message.websocket;

import static io.heliograph.message.websocket.RawSocket.BINARY;
import static io.heliograph.message.websocket.RawSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SocketTest extends MessageServiceTest {

    private Socket socket(Person person) {
        return Socket.of(server(), person.token());
    }

    /** All frames except account events. */
    private static List<JsonNode> answers(Socket socket) {
        Set<String> events = Set.of("account", "unread");
        return socket.frames().stream()
                .filter(frame -> !events.contains(frame.get("type").asText()))
                .toList();
    }

    @Test
    void shouldWelcomeAClientWithAValidToken() {
        Person ada = person("ada");
        try (Socket socket = socket(ada)) {
            JsonNode welcome = socket.welcome();
            assertThat(welcome.at("/user/id").asText()).isEqualTo(ada.id().toString());
            assertThat(welcome.at("/user/username").asText()).isEqualTo("ada");
            assertThat(welcome.get("heartbeatSeconds").asInt()).isPositive();
            assertThat(welcome.at("/limits/rooms").asInt()).isEqualTo(200);
            assertThat(welcome.get("session").asText()).isNotEmpty();
            assertThat(welcome.get("serverTime").asText()).endsWith("Z");
        }
    }

    @Test
    void shouldCloseOnAnInvalidToken() {
        Person ada = person("ada");
        String expired = issuer.token(ada.id(), "ada", claims -> claims.setExpirationTimeMinutesInTheFuture(-10));
        for (String token :
                List.of("nonsense", expired, issuer.forged(ada.id(), "ada"), issuer.unsigned(ada.id(), "ada"))) {
            Socket socket = Socket.open(server());
            JsonNode error =
                    socket.request(Map.of("type", "connect", "token", token)).join();
            assertThat(error.get("code").asText()).isEqualTo("invalid_token");
            assertThat(socket.awaitClose()).isEqualTo(4501);
        }
    }

    @Test
    void shouldDeliverAMessageToEveryoneInTheRoomAndAcknowledgeItToItsSender() {
        Person ada = person("ada");
        Person grace = person("grace");
        String room = ada.creates("public");
        grace.joins(room);
        try (Socket one = socket(ada);
                Socket two = socket(grace)) {
            UUID id = UUID.fromString(room);
            assertThat(one.join(id).get("type").asText()).isEqualTo("joined");
            two.join(id);

            JsonNode ack = one.send(id, "c1", "hello");

            assertThat(ack.get("type").asText()).isEqualTo("ack");
            assertThat(ack.get("seq").asLong()).isEqualTo(1);
            assertThat(ack.get("clientId").asText()).isEqualTo("c1");
            await().until(() -> one.messages(id).size() == 1 && two.messages(id).size() == 1);
            JsonNode message = two.messages(id).get(0);
            assertThat(message.get("content").asText()).isEqualTo("hello");
            assertThat(message.at("/sender/username").asText()).isEqualTo("ada");
            assertThat(message.get("createdAt")).isEqualTo(ack.get("createdAt"));
            assertThat(message).isEqualTo(one.messages(id).get(0));
        }
    }

    @Test
    void shouldDeliverMessagesSentOverRest() {
        Person ada = person("ada");
        String room = ada.creates("private");
        try (Socket socket = socket(ada)) {
            UUID id = UUID.fromString(room);
            socket.join(id);
            ada.sends(room, "over REST").then().statusCode(201);
            await().until(() -> socket.messages(id).size() == 1);
        }
    }

    @Test
    void shouldReplayMissedMessagesAndThenGoLive() {
        Person ada = person("ada");
        String room = ada.creates("private");
        UUID id = UUID.fromString(room);
        for (int i = 1; i <= 5; i++) {
            ada.sends(room, "message " + i).then().statusCode(201);
        }
        try (Socket socket = socket(ada)) {
            JsonNode joined = socket.join(id, 2);
            assertThat(joined.get("rev").asLong()).isEqualTo(5);
            assertThat(joined.get("seq").asLong()).isEqualTo(5);
            await().until(() -> socket.messages(id).size() == 3);
            socket.send(id, "live", "live");
            await().until(() -> socket.messages(id).size() == 4);
            assertThat(revs(socket, id)).containsExactly(3L, 4L, 5L, 6L);
        }
    }

    @Test
    void shouldHaveNoGapAndNoDuplicateBetweenReplayAndLiveMessages() {
        Person ada = person("ada");
        String room = ada.creates("private");
        UUID id = UUID.fromString(room);
        int total = 2_000;
        try (Socket sender = socket(ada)) {
            CompletableFuture<?> sending = CompletableFuture.allOf(IntStream.range(0, total)
                    .mapToObj(i -> sender.sendAsync(id, "c" + i, "message " + i))
                    .toArray(CompletableFuture[]::new));
            List<Socket> joiners =
                    IntStream.range(0, 10).mapToObj(i -> socket(ada)).toList();
            joiners.forEach(joiner -> joiner.join(id, 0));
            sending.join();

            for (Socket joiner : joiners) {
                await().until(() -> joiner.messages(id).size() >= total);
                assertThat(revs(joiner, id))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, total).boxed().toList());
                joiner.close();
            }
        }
    }

    @Test
    void shouldDeliverNothingAfterALeave() {
        Person ada = person("ada");
        UUID room = UUID.fromString(ada.creates("private"));
        try (Socket socket = socket(ada);
                Socket observer = socket(ada)) {
            socket.join(room);
            observer.join(room);
            JsonNode left =
                    socket.request(Map.of("type", "leave", "room", room)).join();
            assertThat(left.get("type").asText()).isEqualTo("left");

            socket.send(room, "c", "unheard");

            await().until(() -> observer.messages(room).size() == 1);
            assertThat(socket.messages(room)).isEmpty();
        }
    }

    @Test
    void shouldEndTheDeliveryToARemovedMember() {
        Person ada = person("ada");
        Person grace = person("grace");
        String room = ada.creates("public");
        UUID id = UUID.fromString(room);
        grace.joins(room);
        try (Socket hers = socket(grace);
                Socket observer = socket(ada)) {
            hers.join(id);
            observer.join(id);

            ada.asks()
                    .delete("/api/rooms/" + room + "/members/" + grace.id())
                    .then()
                    .statusCode(204);

            await().until(() -> hers.frames().stream()
                    .anyMatch(frame -> frame.get("type").asText().equals("left")));
            observer.send(id, "c", "she is gone");
            await().until(() -> observer.messages(id).size() == 1);
            assertThat(hers.messages(id)).isEmpty();
            assertThat(hers.join(id).get("code").asText()).isEqualTo("not_a_member");
        }
    }

    @Test
    void shouldRejectANonMember() {
        Person ada = person("ada");
        Person eve = person("eve");
        UUID hidden = UUID.fromString(ada.creates("private"));
        UUID open = UUID.fromString(ada.creates("public"));
        try (Socket socket = socket(eve)) {
            assertThat(socket.join(hidden).get("code").asText()).isEqualTo("room_not_found");
            assertThat(socket.join(open).get("code").asText()).isEqualTo("not_a_member");
            assertThat(socket.send(hidden, "c", "x").get("code").asText()).isEqualTo("room_not_found");
            assertThat(socket.send(open, "c", "x").get("code").asText()).isEqualTo("not_a_member");
            assertThat(socket.join(UUID.randomUUID()).get("code").asText()).isEqualTo("room_not_found");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json|invalid_json",
                "[]|invalid_json",
                "{\"type\":7}|invalid_request",
                "{\"type\":\"dance\"}|unknown_type",
                "{\"type\":\"join\"}|invalid_request",
                "{\"type\":\"join\",\"room\":\"nowhere\"}|room_not_found",
                "{\"type\":\"join\",\"room\":\"00000000-0000-7000-8000-000000000000\",\"after\":-1}|invalid_request",
                "{\"type\":\"join\",\"room\":\"00000000-0000-7000-8000-000000000000\",\"after\":0.5}|invalid_request",
                "{\"type\":\"join\",\"room\":\"00000000-0000-7000-8000-000000000000\",\"after\":\"1\"}|invalid_request",
                "{\"type\":\"join\",\"room\":\"00000000-0000-7000-8000-000000000000\",\"after\":99999999999999999999}|invalid_request",
                "{\"type\":\"join\",\"room\":\"00000000-0000-7000-8000-000000000000\",\"after\":1}|room_not_found",
                "{\"type\":\"leave\",\"room\":7}|invalid_request",
                "{\"type\":\"ping\",\"id\":{}}|invalid_request",
            })
    void shouldRespondToAnInvalidFrameAndKeepTheSocket(String frame, String code) {
        try (Socket socket = socket(person("ada"))) {
            socket.sendFrame(frame);
            await().until(() -> answers(socket).size() == 2);
            assertThat(answers(socket).get(1).get("type").asText()).isEqualTo("error");
            assertThat(answers(socket).get(1).get("code").asText()).isEqualTo(code);
            assertThat(socket.request(Map.of("type", "ping")).join().get("type").asText())
                    .isEqualTo("pong");
        }
    }

    @Test
    void shouldRejectAReplayFromBeyondTheEnd() {
        Person ada = person("ada");
        UUID room = UUID.fromString(ada.creates("private"));
        try (Socket socket = socket(ada)) {
            assertThat(socket.join(room, 7).get("code").asText()).isEqualTo("after_beyond_end");
        }
    }

    @Test
    void shouldRequireConnectFirst() {
        try (Socket socket = Socket.open(server())) {
            assertThat(socket.join(UUID.randomUUID()).get("code").asText()).isEqualTo("unauthenticated");
        }
    }

    @Test
    void shouldCloseOnRepeatedAbuse() {
        Socket socket = socket(person("ada"));
        for (int i = 0; i < 60; i++) {
            socket.sendFrame("nonsense");
        }
        assertThat(socket.awaitClose()).isEqualTo(4500);
    }

    @Test
    void shouldRejectAMessageInManyFramesThatIsTooLarge() {
        try (Socket socket = socket(person("ada"))) {
            // The client sends this in frames of 16 KB.
            socket.sendFrame("{\"type\":\"ping\",\"padding\":\"" + "x".repeat(140_000) + "\"}");
            await().until(() -> answers(socket).size() == 2);
            assertThat(answers(socket).get(1).get("code").asText()).isEqualTo("message_too_large");
            assertThat(socket.request(Map.of("type", "ping")).join().get("type").asText())
                    .isEqualTo("pong");
        }
    }

    @Test
    void shouldCloseOnAFrameOverTheLimit() {
        try (RawSocket socket = RawSocket.open(server())) {
            socket.headOf(TEXT, 140_000);
            assertThat(socket.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void shouldAcceptTheLongestMessageInEscapedForm() {
        Person ada = person("ada");
        String room = ada.creates("private");
        try (Socket socket = socket(ada)) {
            String escaped = "\\ud83d\\ude00".repeat(8_000);

            socket.sendFrame("{\"type\":\"send\",\"id\":null,\"room\":\"" + room
                    + "\",\"clientId\":\"c\",\"content\":\"" + escaped + "\"}");

            await().until(() -> answers(socket).size() == 2);
            assertThat(answers(socket).get(1).get("type").asText()).isEqualTo("ack");
        }
    }

    @Test
    void shouldRespondToABinaryFrameAndKeepTheSocket() {
        try (RawSocket socket = RawSocket.open(server())) {
            socket.frame(BINARY, new byte[] {1, 2, 3});
            assertThat(socket.awaitText()).contains("\"code\":\"invalid_request\"");
            socket.frame(TEXT, "{\"type\":\"ping\"}".getBytes(UTF_8));
            assertThat(socket.awaitText()).contains("\"type\":\"pong\"");
        }
    }

    /** It could not be echoed, so a send would be stored and never acknowledged. */
    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "x\\udbff", "\\udc00\\ud800"})
    void shouldRejectAMalformedId(String id) {
        Person ada = person("ada");
        String room = ada.creates("private");
        try (Socket socket = socket(ada)) {
            socket.sendFrame("{\"type\":\"send\",\"id\":\"" + id + "\",\"room\":\"" + room
                    + "\",\"clientId\":\"c\",\"content\":\"x\"}");

            await().until(() -> answers(socket).size() == 2);
            assertThat(answers(socket).get(1).get("code").asText()).isEqualTo("invalid_request");
            assertThat(socket.send(UUID.fromString(room), "next", "y")
                            .get("seq")
                            .asLong())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldCloseOnTextThatIsNoUtf8() {
        try (RawSocket socket = RawSocket.open(server())) {
            socket.frame(TEXT, new byte[] {'{', '"', 't', '"', ':', '"', (byte) 0xC3, '"', '}'});
            assertThat(socket.awaitClose()).isEqualTo(1007);
        }
    }

    @Test
    void shouldReleaseASocketThatIsLostWithinAFrame() {
        try (RawSocket socket = RawSocket.open(server())) {
            socket.halfAFrame();
        }
        await().untilAsserted(() ->
                assertThat(anonymous().get(metrics()).asString()).contains("heliograph_socket_connections 0.0"));
    }

    @Test
    void shouldRejectARequestWithoutUpgrade() {
        refused(anonymous().get("/api/ws"), 400, "upgrade_required");
    }

    @Test
    void shouldCountZeroConnectionsAfterAllHaveClosed() {
        Person ada = person("ada");
        UUID room = UUID.fromString(ada.creates("private"));
        try (Socket socket = socket(ada)) {
            socket.join(room);
        }
        await().untilAsserted(() -> assertThat(anonymous().get(metrics()).asString())
                .contains("heliograph_delivery_rooms 0.0")
                .contains("heliograph_socket_connections 0.0"));
    }

    private static List<Long> revs(Socket socket, UUID room) {
        return socket.messages(room).stream()
                .map(message -> message.get("rev").asLong())
                .toList();
    }
}
