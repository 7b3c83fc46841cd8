package io.heliograph.e2e.client;

import static io.heliograph.e2e.client.ClientFixture.awaitNotLive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.client.HeartbeatSettings;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.Message;
import io.heliograph.client.Room;
import io.heliograph.client.RoomEvent;
import io.heliograph.e2e.client.FaultProxy.Mode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.localstack.process.Processes;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tests with real timeouts, in parallel. */
class JavaClientSlowTest extends JavaClientCase {

    private static final int MESSAGES = 3_000;

    /** Together the messages exceed all buffers on the way. */
    private static final String CONTENT = "x".repeat(6_000);

    JavaClientSlowTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldFindAHalfOpenConnectionWithin45Seconds() {
        FaultProxy network = clients.network();
        RecordedClient client = clients.live(clients.person("ada"), network);
        long at = System.nanoTime();

        network.become(Mode.FREEZE);
        awaitNotLive(client.client());
        Duration found = Duration.ofNanos(System.nanoTime() - at);
        network.cut();
        network.become(Mode.PASS);

        client.awaitLive();
        HeartbeatSettings usual = HeartbeatSettings.DEFAULT;
        // Without the delays of a slow machine.
        assertTrue(usual.idle().plus(usual.pong()).compareTo(Duration.ofSeconds(45)) <= 0);
        assertTrue(found.compareTo(usual.pong()) >= 0, found::toString);
    }

    @Test
    void shouldLoseNothingWhenTheNetworkStallsForAWhile() {
        FaultProxy network = clients.network();
        HeliographClient writer = clients.live(clients.person("ada"));
        HeartbeatSettings patient = new HeartbeatSettings(Duration.ofMinutes(10), Duration.ofMinutes(1));
        HeliographClient reader = clients.live(
                        clients.person("bob"), ClientFixture.through(network), options -> options.heartbeat(patient))
                .client();
        Room room = ClientFixture.room(writer, reader);
        EventLog log = EventLog.ofMessages(reader.room(room.id()));
        reader.room(room.id()).subscribe().join();

        network.become(Mode.STALL);
        fill(writer, room);
        // After 30 s the server may close the connection, with 4008.
        Processes.pause(33_000);
        network.become(Mode.PASS);

        assertAll(log);
    }

    @Test
    void shouldLoseNothingWithASlowListener() {
        HeliographClient writer = clients.live(clients.person("ada"));
        HeliographClient reader = clients.live(clients.person("bob"));
        Room room = ClientFixture.room(writer, reader);
        CountDownLatch isBusy = new CountDownLatch(1);
        reader.room(room.id()).next(RoomEvent.MessageAdded.class).thenAccept(event -> {
            Processes.pause(20_000);
            isBusy.countDown();
        });
        EventLog log = EventLog.ofMessages(reader.room(room.id()));
        reader.room(room.id()).subscribe().join();

        fill(writer, room);

        long held = reader.room(room.id()).messages().size();
        assertTrue(isBusy.getCount() == 0 || held < MESSAGES, "all was read while the listener was busy");
        assertAll(log);
    }

    private static void fill(HeliographClient writer, Room room) {
        for (int batch = 0; batch < MESSAGES / 100; batch++) {
            ClientFixture.batch(writer, room.id(), Collections.nCopies(100, CONTENT));
        }
    }

    private static void assertAll(EventLog log) {
        log.awaitSize(MESSAGES);
        assertEquals(
                LongStream.rangeClosed(1, MESSAGES).boxed().toList(),
                log.messages().stream().map(Message::seq).toList());
    }
}
