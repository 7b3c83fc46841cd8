package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.delivery.SettableDeliveryConfig;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Json;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that read more slowly than the server sends, for a while. */
@QuarkusTest
class SlowReaderTest extends MessageServiceTest {

    /** With these contents 8 MB, the largest batch there is: more than may wait for a socket and the kernel takes. */
    private static final int BATCH = 1_000;

    private static final String LONG = "word ".repeat(1_600);

    /** The service must not end a pause, even on a slow machine. */
    private static final Duration LONG_TIME = Duration.ofHours(1);

    @Inject
    SettableDeliveryConfig delivery;

    @Inject
    SettableSocketConfig sockets;

    private Person ada;
    private UUID room;

    @BeforeEach
    void aRoom() {
        delivery.stallTimeout(LONG_TIME);
        sockets.set("heartbeat", LONG_TIME);
        ada = person("ada");
        room = newRoom();
    }

    @AfterEach
    void reset() {
        delivery.reset();
        sockets.reset();
    }

    @Test
    void shouldDeliverTheLargestBatchToAReadingClient() {
        double closed = slow("closed");
        try (Socket reader = Socket.of(server(), ada.token())) {
            reader.join(room);

            batch(room, BATCH);
            batch(room, BATCH);

            await().until(() -> reader.messages(room).size() == 2 * BATCH);
            assertThat(reader.messages(room))
                    .extracting(message -> message.get("rev").asLong())
                    .containsExactlyElementsOf(revs(2 * BATCH));
            assertThat(reader.closeCode()).isEmpty();
        }
        assertThat(slow("closed")).isEqualTo(closed);
    }

    @Test
    void shouldReplayMissedMessagesOnceToAPausedReaderAndGoLive() {
        double replayed = slow("replayed");
        try (RawSocket pausing = RawSocket.of(server(), ada.token(), room);
                Socket sender = Socket.of(server(), ada.token())) {
            batch(room, BATCH);
            await().until(() -> slow("replayed") == replayed + 1);
            sender.send(room, "while it pauses", LONG);

            assertThat(read(pausing, BATCH + 1).get(room)).containsExactlyElementsOf(revs(BATCH + 1));
            sender.send(room, "live again", "short");
            assertThat(read(pausing, 1).get(room)).containsExactly(BATCH + 2L);
        }
        assertThat(slow("replayed")).isEqualTo(replayed + 1);
    }

    @Test
    void shouldDeliverAllRoomsToAPausedReader() {
        List<UUID> rooms = IntStream.range(0, 20).mapToObj(i -> newRoom()).toList();
        try (RawSocket pausing = RawSocket.of(server(), ada.token(), rooms.toArray(UUID[]::new))) {
            rooms.forEach(each -> batch(each, 100));

            Map<UUID, List<Long>> revsByRoom = read(pausing, rooms.size() * 100);

            assertThat(revsByRoom).containsOnlyKeys(rooms);
            assertThat(revsByRoom.values()).allSatisfy(revs -> assertThat(revs).containsExactlyElementsOf(revs(100)));
        }
    }

    @Test
    void shouldDropAccountEventsOfAPausedReaderAndSendTheNewAccountRev() {
        int rooms = 20;
        Person grace = person("grace");
        double dropped = accountEvents("dropped");
        double replayed = slow("replayed");
        try (RawSocket pausing = RawSocket.of(server(), ada.token(), room);
                Socket reading = Socket.of(server(), ada.token())) {
            await().until(() -> frames(reading, "account").count() == 1);
            long before = frames(reading, "account")
                    .findFirst()
                    .orElseThrow()
                    .get("accountRev")
                    .asLong();
            batch(room, BATCH);
            await().until(() -> slow("replayed") == replayed + 1);

            IntStream.range(0, rooms).forEach(i -> adds(grace, ada));

            await("all events at the other connection of the user")
                    .until(() -> frames(reading, "room_added").count() == rooms);
            await().until(() -> accountEvents("dropped") > dropped);
            assertThat(accountFrames(pausing, before, before + rooms)).contains("account");
            adds(grace, ada);
            assertThat(accountFrames(pausing, before + rooms, before + rooms + 1))
                    .isNotEmpty();
            assertThat(reading.closeCode()).isEmpty();
        }
    }

    /** The types of the frames after one revision to another; an event has the next, only an account frame may skip some. */
    private static List<String> accountFrames(RawSocket socket, long after, long last) {
        List<String> types = new ArrayList<>();
        for (long rev = after; rev < last; ) {
            JsonNode frame = Json.parse(socket.awaitText());
            if (frame.has("accountRev")) {
                String type = frame.get("type").asText();
                long next = frame.get("accountRev").asLong();
                if (!type.equals("account")) {
                    assertThat(next).isEqualTo(rev + 1);
                }
                if (next > rev) {
                    types.add(type);
                }
                rev = next;
            }
        }
        return types;
    }

    private void adds(Person owner, Person user) {
        owner.asks()
                .put("/api/rooms/" + owner.creates("private") + "/members/" + user.id())
                .then()
                .statusCode(200);
    }

    private static Stream<JsonNode> frames(Socket socket, String type) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals(type));
    }

    private double accountEvents(String outcome) {
        return metric("heliograph_account_events_total{outcome=\"" + outcome + "\"}");
    }

    private UUID newRoom() {
        return UUID.fromString(ada.creates("private"));
    }

    private void batch(UUID where, int size) {
        ada.sendsBatch(where.toString(), messages(size)).then().statusCode(201);
    }

    private static List<Map<String, String>> messages(int count) {
        return IntStream.range(0, count).mapToObj(i -> Map.of("content", LONG)).toList();
    }

    /** The revs of the next frames, by room. */
    private static Map<UUID, List<Long>> read(RawSocket socket, int messages) {
        Map<UUID, List<Long>> revs = new HashMap<>();
        for (int i = 0; i < messages; i++) {
            JsonNode message = socket.awaitText("message");
            revs.computeIfAbsent(UUID.fromString(message.get("room").asText()), key -> new ArrayList<>())
                    .add(message.get("rev").asLong());
        }
        return revs;
    }

    private static List<Long> revs(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private double slow(String policy) {
        return metric("heliograph_delivery_slow_consumers_total{policy=\"" + policy + "\"}");
    }
}
