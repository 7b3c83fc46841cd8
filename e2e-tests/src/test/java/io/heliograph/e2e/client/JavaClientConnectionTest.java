package io.heliograph.e2e.client;

import static io.heliograph.e2e.client.ClientFixture.assertRefused;
import static io.heliograph.e2e.client.ClientFixture.awaitNotLive;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.client.Ack;
import io.heliograph.client.BackoffSettings;
import io.heliograph.client.ConnectionState;
import io.heliograph.client.ConnectionState.Stopped;
import io.heliograph.client.HeartbeatSettings;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.HeliographException;
import io.heliograph.client.Room;
import io.heliograph.e2e.client.FaultProxy.Mode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.localstack.process.Processes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaClientConnectionTest extends JavaClientCase {

    JavaClientConnectionTest(Heliograph heliograph) {
        super(heliograph);
    }

    @ParameterizedTest
    @ValueSource(ints = {4000, 4001, 4008, 4010, 4013, 4029, 1011, 1001})
    void shouldReconnectAfterACloseWith(int code) {
        FaultProxy network = clients.network();
        RecordedClient client = clients.live(clients.person("ada"), network);
        Room room = ClientFixture.room(client.client());
        room.subscribe().join();
        room.send("one").join();

        network.closeWith(code);
        await("a new connection").until(() -> client.lives() == 2);
        room.send("two").join();

        await().until(() -> room.messages().size() == 2);
    }

    @ParameterizedTest
    @CsvSource({"4500, protocol_abuse", "4502, forbidden", "4503, revoked", "4999, refused"})
    void shouldStopAndReportTheReasonAfterACloseWith(int code, String reason) {
        FaultProxy network = clients.network();
        RecordedClient client = clients.live(clients.person("ada"), network);
        int connections = network.accepted();

        network.closeWith(code);
        Stopped state = client.awaitStopped();
        // Several times the pause before another attempt.
        Processes.pause(1_500);

        assertEquals(new Stopped(reason, OptionalInt.of(code)), state);
        assertEquals(state, client.client().state());
        assertEquals(connections, network.accepted());
    }

    @Test
    void shouldReconnectAfterTheRetryAfterOfARejectedUpgrade() {
        FaultProxy network = clients.network();
        RecordedClient client = clients.live(clients.person("ada"), network);
        network.become(Mode.UNAVAILABLE);
        network.cut();

        // By itself it would wait for half a second at most.
        await("the refusal").until(() -> client.states().stream()
                .anyMatch(state -> state instanceof ConnectionState.Waiting waiting
                        && waiting.retryIn().compareTo(Duration.ofSeconds(2)) >= 0));
        network.become(Mode.PASS);

        await("a new connection").until(() -> client.lives() == 2);
    }

    @Test
    void shouldRepeatAJoinThatADrainingReplicaRejected() {
        FaultProxy network = clients.network();
        RecordedClient client = clients.live(clients.person("ada"), network);
        Room room = ClientFixture.room(client.client());
        network.become(Mode.MUTE);
        CompletableFuture<Void> joined = room.subscribe();
        await("the loss of the answer").until(() -> network.lost() > 0);
        network.become(Mode.PASS);

        network.inject("{\"type\": \"error\", \"id\": 1, \"code\": \"draining\", \"message\": \"Come back.\"}");

        joined.join();
        room.send("one").join();
        await().until(() -> room.messages().size() == 1);
        assertTrue(client.isUnbroken(), client.states()::toString);
    }

    @Test
    void shouldConnectAgainOnRequestAfterItStopped() {
        FaultProxy network = clients.network();
        RecordedClient client = clients.live(clients.person("ada"), network);
        Room room = ClientFixture.room(client.client());
        room.subscribe().join();
        network.closeWith(4500);
        client.awaitStopped();
        CompletableFuture<Ack> ack = room.send("kept");

        client.client().connect();

        assertEquals(1, ack.join().seq());
        await().until(() -> room.messages().size() == 1);
    }

    @Test
    void shouldLeaveADrainingReplicaAtTheGivenTimeAndNotBefore() {
        FaultProxy network = clients.network();
        RecordedClient client = clients.live(clients.person("ada"), network);
        Room room = ClientFixture.room(client.client());
        room.subscribe().join();
        long at = System.nanoTime();

        network.inject("{\"type\":\"drain\",\"reconnectAfterMs\":3000}");
        room.send("on the old connection").join();
        await("the move").until(() -> client.lives() == 2);

        assertTrue(System.nanoTime() - at >= Duration.ofSeconds(3).toNanos());
        room.send("on the new one").join();
        await().until(() -> room.messages().size() == 2);
    }

    @Test
    void shouldFindAndReplaceAHalfOpenConnection() {
        FaultProxy network = clients.network();
        Person ada = clients.person("ada");
        HeliographClient writer = clients.live(ada);
        HeartbeatSettings impatient = new HeartbeatSettings(Duration.ofMillis(300), Duration.ofSeconds(1));
        HeliographClient client = clients.live(
                        ada, ClientFixture.through(network), options -> options.heartbeat(impatient))
                .client();
        Room room = ClientFixture.room(writer);
        client.room(room.id()).subscribe().join();
        EventLog log = EventLog.ofMessages(client.room(room.id()));

        network.become(Mode.FREEZE);
        room.send("unheard").join();
        awaitNotLive(client);
        network.cut();
        network.become(Mode.PASS);

        log.awaitSize(1);
    }

    @Test
    void shouldKeepAnIdleConnection() {
        HeartbeatSettings curious = new HeartbeatSettings(Duration.ofMillis(100), Duration.ofSeconds(20));
        RecordedClient client = clients.live(clients.person("ada"), options -> options.heartbeat(curious));

        Processes.pause(3_000);

        assertTrue(client.isUnbroken(), client.states()::toString);
    }

    @Test
    void shouldRetryAnUnreachableServerWithLongerAndLongerPauses() {
        FaultProxy network = clients.network();
        BackoffSettings backoff = new BackoffSettings(Duration.ofMillis(20), Duration.ofMillis(400));
        RecordedClient client = clients.live(
                clients.person("ada"), ClientFixture.through(network), options -> options.backoff(backoff));

        network.become(Mode.REFUSE);
        network.cut();
        await("eight attempts").until(() -> pauses(client).size() >= 8);
        network.become(Mode.PASS);
        client.awaitLive();

        List<Long> pauses = pauses(client).subList(0, 8);
        for (int attempt = 0; attempt < 8; attempt++) {
            assertTrue(pauses.get(attempt) <= Math.min(400, 20 << attempt), pauses::toString);
        }
        assertTrue(new HashSet<>(pauses).size() > 4, "no jitter");
    }

    @Test
    void shouldStopWhenTheProgramClosesIt() {
        HeliographClient client = clients.live(clients.person("ada"));

        client.close();

        assertEquals(new Stopped("closed", OptionalInt.empty()), client.state());
        HeliographClient signedOut = clients.client(options -> options).client();
        HeliographException refusal = assertThrows(HeliographException.class, signedOut::connect);
        assertEquals("signed_out", refusal.code());
        assertRefused("signed_out", signedOut.sync());
    }

    private static List<Long> pauses(RecordedClient client) {
        return client.states().stream()
                .filter(ConnectionState.Waiting.class::isInstance)
                .map(state -> ((ConnectionState.Waiting) state).retryIn().toMillis())
                .toList();
    }
}
