package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that does not wait for answers. */
@QuarkusTest
class FrameOrderTest extends MessageServiceTest {

    private Person ada;
    private UUID room;

    @BeforeEach
    void aRoom() {
        ada = person("ada");
        room = room();
    }

    @Test
    void shouldAcceptFramesThatFollowAConnectImmediately() {
        try (Socket socket = Socket.open(server())) {
            socket.sendFrame(Map.of("type", "connect", "token", ada.token()));
            socket.sendFrame(Map.of("type", "join", "room", room));
            socket.sendFrame(Map.of("type", "send", "room", room, "clientId", "c", "content", "hello"));
            socket.sendFrame(Map.of("type", "ping"));

            await().until(() -> types(socket).containsAll(List.of("joined", "ack", "message", "pong")));
            assertThat(types(socket)).startsWith("welcome").doesNotContain("error");
        }
    }

    @Test
    void shouldIgnoreFramesAfterARejectedConnect() {
        try (Socket socket = Socket.open(server())) {
            socket.sendFrame(Map.of("type", "connect", "token", "nonsense"));
            socket.sendFrame(Map.of("type", "send", "room", room, "clientId", "c", "content", "hello"));

            assertThat(socket.awaitClose()).isEqualTo(4501);
            assertThat(types(socket)).doesNotContain("ack");
        }
    }

    @Test
    void shouldJoinAndLeaveInTurn() {
        try (Socket socket = Socket.of(server(), ada.token())) {
            int turns = 25;
            for (int i = 0; i < turns; i++) {
                socket.sendFrame(Map.of("type", "join", "room", room));
                socket.sendFrame(Map.of("type", "leave", "room", room));
            }

            await().until(() -> types(socket).size() == 1 + 2 * turns);
            List<String> expected = new ArrayList<>(List.of("welcome"));
            IntStream.range(0, turns).forEach(i -> expected.addAll(List.of("joined", "left")));
            assertThat(types(socket)).isEqualTo(expected);
        }
    }

    @Test
    void shouldDeliverMessagesThatFollowAJoinImmediately() {
        List<UUID> rooms = Stream.generate(this::room).limit(20).toList();
        try (Socket socket = Socket.of(server(), ada.token())) {
            for (UUID each : rooms) {
                socket.sendFrame(Map.of("type", "join", "room", each));
                socket.sendFrame(Map.of("type", "send", "room", each, "clientId", "c", "content", "hello"));
            }

            await().untilAsserted(() -> assertThat(rooms)
                    .allSatisfy(each -> assertThat(socket.messages(each)).hasSize(1)));
        }
    }

    @Test
    void shouldStoreSendsInTheirOrderAndReadUpToTheLast() {
        int sends = 100;
        try (Socket socket = Socket.of(server(), ada.token())) {
            for (int i = 1; i <= sends; i++) {
                socket.sendFrame(Map.of("type", "send", "room", room, "clientId", "c" + i, "content", "message " + i));
            }
            JsonNode read = socket.request(Map.of("type", "read", "room", room, "seq", sends))
                    .join();

            assertThat(read.get("seq").asInt()).isEqualTo(sends);
            assertThat(ada.asks()
                            .get("/api/rooms/" + room + "/messages?after=0&limit=200")
                            .jsonPath()
                            .getList("items.content"))
                    .isEqualTo(IntStream.rangeClosed(1, sends)
                            .mapToObj(i -> "message " + i)
                            .toList());
        }
    }

    @Test
    void shouldPublishTypingThatFollowsAJoinImmediately() {
        Person grace = person("grace");
        grace.joins(room.toString());
        try (Socket observer = Socket.of(server(), ada.token());
                Socket socket = Socket.of(server(), grace.token())) {
            observer.join(room);
            socket.sendFrame(Map.of("type", "join", "room", room));
            socket.sendFrame(Map.of("type", "typing", "room", room));

            await().until(() -> types(observer).contains("typing"));
            assertThat(types(socket)).doesNotContain("error");
        }
    }

    private UUID room() {
        return UUID.fromString(ada.creates("public"));
    }

    /** Without the first frame of account events, whose order to the others is undefined. */
    private static List<String> types(Socket socket) {
        return socket.frames().stream()
                .map(frame -> frame.get("type").asText())
                .filter(type -> !type.equals("account"))
                .toList();
    }
}
