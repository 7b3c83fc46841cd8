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
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TypingTest extends MessageServiceTest {

    private final List<Socket> sockets = new ArrayList<>();
    private Person ada;
    private Person grace;
    private UUID room;
    private Socket mine;
    private Socket hers;

    @BeforeEach
    void bringTwoTogether() {
        ada = person("ada");
        grace = person("grace");
        room = newRoom();
        mine = socket(ada);
        hers = socket(grace);
        mine.join(room);
        hers.join(room);
    }

    @AfterEach
    void close() {
        sockets.forEach(Socket::close);
    }

    @Test
    void shouldPublishTypingToOtherMembers() {
        Socket myPhone = socket(ada);
        myPhone.join(room);

        types(mine, room);

        await().until(() -> typing(hers).size() == 1);
        JsonNode frame = typing(hers).get(0);
        assertThat(frame.get("room").asText()).isEqualTo(room.toString());
        assertThat(frame.at("/user/id").asText()).isEqualTo(ada.id().toString());
        assertThat(frame.at("/user/username").asText()).isEqualTo("ada");
        assertThat(typing(mine)).isEmpty();
        assertThat(typing(myPhone)).isEmpty();
    }

    @Test
    void shouldPublishOneTypingFramePerSecondAndRoom() {
        UUID another = newRoom();
        mine.join(another);
        hers.join(another);

        long begun = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            types(mine, room);
        }
        types(mine, another);
        mine.send(room, "c", "what I typed");

        await().until(() -> hers.messages(room).size() == 1);
        await().until(() -> typing(hers).stream()
                .anyMatch(frame -> frame.get("room").asText().equals(another.toString())));
        // One for each room, and one for each second that the flood took, which is few against 500.
        int seconds = (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        assertThat(typing(hers)).hasSizeLessThanOrEqualTo(2 + seconds);
        int before = typing(hers).size();
        await().untilAsserted(() -> {
            types(mine, room);
            assertThat(typing(hers)).hasSizeGreaterThan(before);
        });
        assertThat(mine.closeCode()).isEmpty();
    }

    @Test
    void shouldRejectTypingInARoomThatWasNotJoined() {
        JsonNode answer =
                mine.request(Map.of("type", "typing", "room", newRoom())).join();

        assertThat(answer.get("code").asText()).isEqualTo("not_joined");
    }

    @Test
    void shouldDropEphemeralFramesForASlowReader() {
        try (RawSocket slow = RawSocket.of(server(), grace.token(), room)) {
            // It stops reading. Messages fill its buffer in steps too small to close it; then a read mark is dropped.
            await().until(() -> {
                long read = burst();
                mine.request(Map.of("type", "read", "room", room, "seq", read)).join();
                return metric("heliograph_delivery_slow_consumers_total{policy=\"ephemeral_dropped\"}") > 0;
            });
        }
    }

    /** Sends 800 KB; returns the last seq. */
    private long burst() {
        String content = "x".repeat(8_000);
        return IntStream.range(0, 100)
                .mapToObj(i -> mine.sendAsync(room, UUID.randomUUID().toString(), content))
                .toList()
                .stream()
                .mapToLong(ack -> ack.join().get("seq").asLong())
                .max()
                .orElseThrow();
    }

    private UUID newRoom() {
        String id = ada.creates("public");
        grace.joins(id);
        return UUID.fromString(id);
    }

    private Socket socket(Person person) {
        Socket socket = Socket.of(server(), person.token());
        sockets.add(socket);
        return socket;
    }

    private static void types(Socket socket, UUID room) {
        socket.sendFrame(Map.of("type", "typing", "room", room));
    }

    private static List<JsonNode> typing(Socket socket) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals("typing"))
                .toList();
    }
}
