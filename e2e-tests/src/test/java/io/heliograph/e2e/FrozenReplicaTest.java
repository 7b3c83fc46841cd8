package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Database;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Order;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.localstack.store.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A replica of message-service stops (SIGSTOP) while a transaction of its holds the lock of a room. */
@ExtendWith(RunningHeliograph.class)
class FrozenReplicaTest {

    private static final String OPEN = "idle in transaction";

    private final Heliograph heliograph;
    private final ServiceProcess victim;
    private final Database database;

    private Api onVictim;
    private Api onOther;
    private UUID room;
    private List<UUID> otherRooms;

    FrozenReplicaTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.victim = heliograph.messageProcess(0);
        this.database = new Database(heliograph.postgres(), PostgresServer.DATABASE);
    }

    @BeforeEach
    void rooms() {
        Person ada = heliograph.person("ada");
        onVictim = heliograph.messages(0).as(ada);
        onOther = heliograph.messages(1).as(ada);
        otherRooms =
                IntStream.range(0, 3).mapToObj(n -> onOther.room("private")).toList();
        makeRoom();
    }

    private void makeRoom() {
        room = onOther.room("private");
        onOther.send(room, "first", "as it was").expect(201);
    }

    @AfterEach
    void revive() {
        victim.resume();
        heliograph.revive();
    }

    /** An edit looks at the message under the lock before it changes it, so its transaction is open meanwhile. */
    @Test
    void shouldTakeTheLockFromAnOpenTransactionOfTheFrozenReplica() {
        CompletableFuture<Reply> edit = freezeInTransaction(
                () -> onVictim.call("PATCH", "/api/rooms/" + room + "/messages/1", Map.of("content", "edited")));

        storeElsewhere();
        await().until(() -> onOther.send(room, "second", "goes on").status() == 201);

        victim.resume();
        assertEquals(503, edit.join().status());
        List<JsonNode> history = onOther.history(room);
        assertEquals("as it was", history.get(0).get("content").asText());
        assertEquals(2, history.size());
        assertGoesOnEverywhere();
    }

    /** All statements of a send are with PostgreSQL before it has the lock: it commits without the replica. */
    @Test
    void shouldStoreASendOnceAlthoughItsReplicaFreezes() throws SQLException {
        CompletableFuture<Reply> send = freezeWaiting(() -> onVictim.sendAsync(room, "from the victim", "stored once"));

        storeElsewhere();
        await().until(() -> onOther.send(room, "second", "goes on").status() == 201);

        victim.resume();
        int status = send.join().status();
        assertTrue(status == 201 || status == 503, "status " + status);
        await().until(() -> onOther.send(room, "from the victim", "stored once").status() == 201);
        assertEquals(3, onOther.history(room).size());
        assertGoesOnEverywhere();
    }

    private void storeElsewhere() {
        for (int n = 0; n < 10; n++) {
            for (UUID other : otherRooms) {
                onOther.send(other, "meanwhile-" + n, "not held up").expect(201);
            }
        }
    }

    private void assertGoesOnEverywhere() {
        heliograph.awaitReady();
        await().until(() -> onVictim.send(room, "last", "well again").status() == 201);
        Order.assertGapless(onVictim.history(room));
        otherRooms.forEach(other -> Order.assertGapless(onVictim.history(other)));
    }

    /** Repeats {@code change} on the victim until it is frozen while it holds the lock of the room. */
    private CompletableFuture<Reply> freezeInTransaction(Supplier<CompletableFuture<Reply>> change) {
        return await().until(
                        () -> {
                            try (Database.Lock lock = database.lockRow("message_service.rooms", room)) {
                                CompletableFuture<Reply> reply = change.get();
                                List<Integer> backends = freezeWaiting(lock);
                                lock.close();
                                if (backends.stream().anyMatch(this::isLeftOpen)) {
                                    return reply;
                                }
                                // Its wait timed out just before the lock was free: repeat in another room.
                                victim.resume();
                                reply.join();
                                makeRoom();
                                return null;
                            }
                        },
                        reply -> reply != null);
    }

    private CompletableFuture<Reply> freezeWaiting(Supplier<CompletableFuture<Reply>> change) throws SQLException {
        try (Database.Lock lock = database.lockRow("message_service.rooms", room)) {
            CompletableFuture<Reply> reply = change.get();
            freezeWaiting(lock);
            return reply;
        }
    }

    /** The backends that wait for the lock on behalf of the victim, which is frozen now. */
    private List<Integer> freezeWaiting(Database.Lock lock) {
        List<Integer> backends = await().until(lock::waitingBackends, waiting -> !waiting.isEmpty());
        victim.pause();
        return backends;
    }

    /** Whether this backend has the lock now, and waits for the replica to go on. */
    private boolean isLeftOpen(int backend) {
        String state = await().until(() -> state(backend), found -> !found.equals("active"));
        return state.equals(OPEN);
    }

    /** Empty if there is no such backend. */
    private String state(int backend) {
        return database.text("select coalesce((select state from pg_stat_activity where pid = " + backend + "), '')");
    }
}
