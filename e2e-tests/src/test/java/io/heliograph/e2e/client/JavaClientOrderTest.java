package io.heliograph.e2e.client;

import static io.heliograph.e2e.client.ClientFixture.assertRefused;
import static io.heliograph.e2e.client.ClientFixture.awaitNotLive;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heliograph.client.Ack;
import io.heliograph.client.ApiCall;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.Message;
import io.heliograph.client.Reaction;
import io.heliograph.client.Room;
import io.heliograph.client.RoomEvent;
import io.heliograph.e2e.client.FaultProxy.Mode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.localstack.process.Processes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JavaClientOrderTest extends JavaClientCase {

    private static final int CUTS = 50;

    JavaClientOrderTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldReportEveryChangeOnceAndInOrderThroughFiftyRandomCuts() {
        FaultProxy network = clients.network();
        RecordedClient writer = clients.live(clients.person("ada"), network);
        RecordedClient reader = clients.live(clients.person("bob"), network);
        Room room = ClientFixture.room(writer.client(), reader.client());
        Room read = reader.client().room(room.id());
        List<EventLog> logs = List.of(EventLog.ofMessages(read), EventLog.ofMessages(room));
        read.subscribe().join();
        room.subscribe().join();

        List<CompletableFuture<Ack>> acks = new CopyOnWriteArrayList<>();
        AtomicBoolean isCutting = new AtomicBoolean(true);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> {
                    for (int number = 1; isCutting.get(); number++) {
                        acks.add(room.send("message " + number));
                        Processes.pause(ThreadLocalRandom.current().nextInt(30));
                    }
                },
                task -> new Thread(task).start());
        for (int cut = 0; cut < CUTS; cut++) {
            // Most cuts come at any moment, also before a connection is set up; on a slow machine that could be all.
            if (cut % 5 == 0) {
                reader.awaitLive();
            }
            Processes.pause(ThreadLocalRandom.current().nextInt(120));
            network.cut();
        }
        isCutting.set(false);
        writing.join();
        acks.forEach(CompletableFuture::join);

        List<JsonNode> history = ClientFixture.history(writer.client(), room.id());
        assertEquals(
                IntStream.rangeClosed(1, acks.size())
                        .mapToObj(number -> "message " + number)
                        .toList(),
                ClientFixture.contents(history));
        for (EventLog log : logs) {
            log.awaitSize(history.size());
            assertEquals(
                    history.stream().map(JavaClientOrderTest::place).toList(),
                    log.messages().stream().map(JavaClientOrderTest::place).toList());
        }
        assertTrue(reader.lives() > 5, reader.lives() + " connections");
    }

    @Test
    void shouldReceiveAllMissedMessagesInTheirCurrentState() {
        FaultProxy network = clients.network();
        HeliographClient writer = clients.live(clients.person("ada"));
        HeliographClient reader = clients.live(clients.person("bob"), network).client();
        Room room = ClientFixture.room(writer, reader);
        Room away = reader.room(room.id());
        away.subscribe().join();
        room.send("one").join();
        room.send("two").join();
        await().until(() -> away.messages().size() == 2);

        network.become(Mode.REFUSE);
        network.cut();
        awaitNotLive(reader);
        EventLog log = EventLog.of(
                away, RoomEvent.MessageAdded.class, RoomEvent.MessageUpdated.class, RoomEvent.MessageDeleted.class);
        room.send("three").join();
        room.send("four").join();
        room.edit(1, "one, changed").join();
        room.edit(3, "three, changed").join();
        room.delete(2).join();
        room.react(4, "👍").join();
        network.become(Mode.PASS);

        log.awaitSize(4);
        assertEquals(
                List.of(
                        "MessageUpdated 1 one, changed",
                        "MessageAdded 3 three, changed",
                        "MessageDeleted 2 ",
                        "MessageAdded 4 four"),
                log.all().stream().map(JavaClientOrderTest::text).toList());
        assertEquals(
                List.of("1 5 one, changed", "2 7 ", "3 6 three, changed", "4 8 four"),
                away.messages().stream()
                        .map(message -> place(message) + " " + message.content())
                        .toList());
        assertEquals(
                List.of(new Reaction("👍", 1, false)), away.messages().get(3).reactions());
    }

    @Test
    void shouldReportAMessageAsNewThatChangedWhileItsReplayWasInterrupted() {
        FaultProxy network = clients.network();
        HeliographClient writer = clients.live(clients.person("ada"));
        HeliographClient reader = clients.live(clients.person("bob"), network).client();
        Room room = ClientFixture.room(writer, reader);
        Room interrupted = reader.room(room.id());
        interrupted.subscribe().join();
        EventLog log = EventLog.of(
                interrupted,
                RoomEvent.MessageAdded.class,
                RoomEvent.MessageUpdated.class,
                RoomEvent.MessageDeleted.class);
        room.send("one").join();
        log.awaitSize(1);

        network.become(Mode.MUTE);
        room.send("two").join();
        room.send("three").join();
        room.send("four").join();
        // A replay comes up to the fourth message after two and three have changed, and no further.
        ObjectNode four = (ObjectNode) ClientFixture.history(writer, room.id()).get(3);
        room.edit(2, "two, changed").join();
        room.delete(3).join();
        network.inject(four.put("type", "message").toString());
        await().until(() -> interrupted.rev().orElseThrow() == 4);
        network.cut();
        network.become(Mode.PASS);

        log.awaitSize(4);
        assertEquals(
                List.of("MessageAdded 1 one", "MessageAdded 4 four", "MessageAdded 2 two, changed", "MessageAdded 3 "),
                log.all().stream().map(JavaClientOrderTest::text).toList());
        assertEquals(
                List.of("1 1", "2 5", "3 6", "4 4"),
                interrupted.messages().stream().map(JavaClientOrderTest::place).toList());
    }

    @Test
    void shouldContinueFromTheRevOfAResync() {
        FaultProxy network = clients.network();
        HeliographClient client = clients.live(clients.person("ada"), network).client();
        Room room = ClientFixture.room(client);
        room.subscribe().join();
        EventLog log = EventLog.of(room, RoomEvent.MessageAdded.class, RoomEvent.Joined.class);
        room.send("one").join();
        room.send("two").join();
        await().until(() -> log.messages().size() == 2);

        network.inject("{\"type\":\"resync\",\"room\":\"" + room.id() + "\",\"after\":1}");
        await("a new join").until(() -> log.of(RoomEvent.Joined.class).size() >= 1);
        room.send("three").join();

        log.awaitSize(4);
        assertEquals(
                List.of(1L, 2L, 3L), log.messages().stream().map(Message::seq).toList());
    }

    @Test
    void shouldContinueAfterTheRevOfAnEarlierProgram() {
        Person ada = clients.person("ada");
        HeliographClient first = clients.live(ada);
        Room room = ClientFixture.room(first);
        room.subscribe().join();
        room.send("one").join();
        await().until(() -> room.rev().orElseThrow() == 1);
        first.close();

        HeliographClient second = clients.live(ada);
        Room again = second.room(room.id());
        EventLog log = EventLog.ofMessages(again);
        for (String content : List.of("two", "three")) {
            second.request(ApiCall.post("/api/rooms/" + room.id() + "/messages", Map.of("content", content)))
                    .join();
        }
        again.subscribe(room.rev().orElseThrow()).join();

        log.awaitSize(2);
        assertEquals(
                List.of("MessageAdded 2 two", "MessageAdded 3 three"),
                log.all().stream().map(JavaClientOrderTest::text).toList());
        again.older().join();
        assertEquals(
                List.of("one", "two", "three"),
                again.messages().stream().map(Message::content).toList());
    }

    @Test
    void shouldReloadARoomThatWasRestoredToAnEarlierState() {
        HeliographClient client = clients.live(clients.person("ada"));
        Room room = ClientFixture.room(client);
        EventLog resets = EventLog.of(room, RoomEvent.Reset.class);

        room.subscribe(1_000).join();
        room.send("one").join();

        await().until(() -> room.messages().size() == 1);
        assertEquals(1, resets.awaitSize(1).size());
    }

    @Test
    void shouldReportWhyARoomCannotBeFollowed() {
        Person bob = clients.person("bob");
        HeliographClient owner = clients.live(clients.person("ada"));
        HeliographClient outsider = clients.live(bob);
        Room room = ClientFixture.room(owner);
        Room foreign = outsider.room(room.id());

        assertRefused("room_not_found", foreign.subscribe());

        room.addMember(bob.id().toString()).join();
        foreign.join().join();
        EventLog left = EventLog.of(foreign, RoomEvent.Left.class);
        foreign.subscribe().join();
        room.removeMember(bob.id().toString()).join();
        left.awaitSize(1);
    }

    private static String place(JsonNode message) {
        return message.get("seq") + " " + message.get("rev");
    }

    private static String place(Message message) {
        return message.seq() + " " + message.rev();
    }

    private static String text(RoomEvent event) {
        String name = event.getClass().getSimpleName();
        Message message = event instanceof RoomEvent.MessageAdded added
                ? added.message()
                : event instanceof RoomEvent.MessageUpdated updated
                        ? updated.message()
                        : ((RoomEvent.MessageDeleted) event).message();
        return name + " " + message.seq() + " " + message.content();
    }
}
