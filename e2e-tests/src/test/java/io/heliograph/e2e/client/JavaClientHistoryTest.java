package io.heliograph.e2e.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.HeliographException;
import io.heliograph.client.Message;
import io.heliograph.client.Room;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.localstack.process.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JavaClientHistoryTest extends JavaClientCase {

    private static final int OLD = 150;

    JavaClientHistoryTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldJoinPagesAndLiveMessagesWithoutAGapWhileTheRoomChanges() {
        Person bob = clients.person("bob");
        FaultProxy network = clients.network();
        HeliographClient writer = clients.live(clients.person("ada"));
        HeliographClient reader = clients.live(bob, network).client();
        Room room = filled(writer, OLD);
        room.addMember(bob.id().toString()).join();
        Room seen = reader.room(room.id());
        seen.join().join();

        AtomicBoolean isChanging = new AtomicBoolean(true);
        CompletableFuture<Void> changes = CompletableFuture.runAsync(
                () -> {
                    for (int number = 1; isChanging.get(); number++) {
                        change(room, seen, number);
                    }
                },
                task -> new Thread(task).start());
        try {
            while (!seen.isComplete()) {
                assertTrue(seen.older(20).join().size() <= 20);
                Processes.pause(50);
                network.cut();
            }
        } finally {
            isChanging.set(false);
            changes.join();
        }

        List<JsonNode> expected = ClientFixture.history(reader, room.id());
        long last = expected.stream()
                .mapToLong(message -> message.get("rev").asLong())
                .max()
                .orElseThrow();
        await("the last change").until(() -> seen.rev().orElseThrow() == last);
        assertEquals(
                expected.stream().map(JavaClientHistoryTest::facts).toList(),
                seen.messages().stream().map(JavaClientHistoryTest::facts).toList());
        assertEquals(List.of(), seen.older().join());
    }

    @Test
    void shouldContinueFromASync() {
        Person ada = clients.person("ada");
        HeliographClient first = clients.live(ada);
        List<Room> rooms = List.of(filled(first, 3), filled(first, 5));
        HeliographClient client = clients.live(ada);

        Map<String, Room> synced =
                client.sync().join().stream().collect(Collectors.toMap(Room::id, Function.identity()));
        synced.values().forEach(room -> room.subscribe().join());

        assertEquals(rooms.stream().map(Room::id).collect(Collectors.toSet()), synced.keySet());
        Room room = synced.get(rooms.get(1).id());
        assertEquals("a room of the tests", room.info().orElseThrow().name());
        assertEquals("old 5", room.info().orElseThrow().lastMessage().content());
        assertEquals(5, room.lastSeq());
        EventLog log = EventLog.ofMessages(room);
        rooms.get(1).send("live").join();
        log.awaitSize(1);
        room.older(2).join();
        assertEquals(List.of("old 4", "old 5", "live"), contents(room));
        assertFalse(room.isComplete());
        room.older().join();
        assertEquals(LongStream.rangeClosed(1, 6).boxed().toList(), seqs(room));
        assertTrue(room.isComplete());
    }

    @Test
    void shouldShareAPageAmongConcurrentCalls() {
        Person ada = clients.person("ada");
        Room room = clients.live(ada).room(filled(clients.live(ada), 10).id());

        CompletableFuture<List<Message>> one = room.older(4);
        CompletableFuture<List<Message>> other = room.older(4);

        assertEquals(one.join(), other.join());
        assertEquals(List.of(7L, 8L, 9L, 10L), seqs(room));
    }

    private static Room filled(HeliographClient client, int count) {
        Room room = ClientFixture.room(client);
        ClientFixture.batch(
                client,
                room.id(),
                IntStream.rangeClosed(1, count)
                        .mapToObj(number -> "old " + number)
                        .toList());
        return room;
    }

    private static void change(Room room, Room seen, int number) {
        long seq = anyOld();
        room.send("new " + number).join();
        unlessDeleted(room.edit(seq, "old " + seq + ", changed " + number));
        unlessDeleted(room.react(seq, "🎉"));
        if (number % 3 == 0) {
            unlessDeleted(room.unreact(seq, "🎉"));
        }
        if (number % 5 == 0) {
            seen.react(OLD + number, "👍").join();
            room.delete(anyOld()).join();
        }
    }

    private static long anyOld() {
        return 1 + ThreadLocalRandom.current().nextInt(OLD);
    }

    private static void unlessDeleted(CompletableFuture<?> change) {
        try {
            change.join();
        } catch (CompletionException failure) {
            assertEquals("message_deleted", ((HeliographException) failure.getCause()).code());
        }
    }

    /** What all clients should agree on. */
    private static String facts(JsonNode message) {
        List<String> reactions = new ArrayList<>();
        message.path("reactions")
                .forEach(reaction -> reactions.add(reaction.get("emoji").asText()
                        + reaction.get("count")
                        + reaction.path("mine").asBoolean()));
        return message.get("seq") + "/" + message.get("rev") + " "
                + message.path("content").asText() + " " + message.hasNonNull("deletedAt") + " " + reactions;
    }

    private static String facts(Message message) {
        List<String> reactions = message.reactions().stream()
                .map(reaction -> reaction.emoji() + reaction.count() + reaction.mine())
                .toList();
        return message.seq() + "/" + message.rev() + " " + message.content() + " " + message.isDeleted() + " "
                + reactions;
    }

    private static List<Long> seqs(Room room) {
        return room.messages().stream().map(Message::seq).toList();
    }

    private static List<String> contents(Room room) {
        return room.messages().stream().map(Message::content).toList();
    }
}
