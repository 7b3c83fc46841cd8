package io.heliograph.e2e.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.client.Ack;
import io.heliograph.client.ClientEvent;
import io.heliograph.client.HeartbeatSettings;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.Member;
import io.heliograph.client.OutboxEntry;
import io.heliograph.client.Page;
import io.heliograph.client.Room;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Java client while parts of the Heliograph break, one after the other. */
@ExtendWith(RunningHeliograph.class)
class JavaClientFaultsTest {

    private static final int PEOPLE = 6;
    private static final int MAX_PENDING = 200;

    private final Heliograph heliograph;
    private final ClientFixture clients;

    JavaClientFaultsTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.clients = new ClientFixture(heliograph);
    }

    @AfterEach
    void mend() {
        heliograph.revive();
        clients.close();
    }

    @Test
    void shouldLoseNothingWhenAReplicaIsKilled() {
        through(ServiceProcess::kill);
    }

    @Test
    void shouldLoseNothingWhenAReplicaIsDrained() {
        through(ServiceProcess::terminate);
    }

    @Test
    void shouldDisconnectFromAFrozenReplica() {
        HeartbeatSettings impatient = new HeartbeatSettings(Duration.ofMillis(500), Duration.ofSeconds(2));
        List<RecordedClient> all = people(impatient);
        Room room = roomOf(all);

        List<CompletableFuture<Ack>> acks = new ArrayList<>();
        replicas().forEach(replica -> {
            replica.pause();
            try {
                all.forEach(client -> acks.add(client.client().room(room.id()).send("through a frozen replica")));
                long thawAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
                await().until(() -> hasAnyClientMoved(all) || System.nanoTime() > thawAt);
            } finally {
                replica.resume();
            }
        });
        acks.forEach(CompletableFuture::join);

        assertTrue(hasAnyClientMoved(all), "no client was on a frozen replica");
        assertEquals(
                acks.size(),
                ClientFixture.history(all.get(0).client(), room.id()).size());
    }

    @Test
    void shouldKeepMessagesAndRepeatCallsWhilePostgresIsDown() {
        HeliographClient client = clients.live(clients.person("ada"));
        Room room = ClientFixture.room(client);
        room.subscribe().join();
        room.send("before").join();
        List<String> codes = new CopyOnWriteArrayList<>();
        client.on(ClientEvent.OutboxChanged.class, event -> {
            if (event.entry().error() != null) {
                codes.add(event.entry().error().code());
            }
        });

        heliograph.postgres().stop();
        List<CompletableFuture<Ack>> acks =
                Stream.of("during", "during too").map(room::send).toList();
        await("a refusal").until(() -> !codes.isEmpty());
        assertEquals(
                List.of("during", "during too"),
                room.pending().stream().map(OutboxEntry::content).toList());
        CompletableFuture<Page<Member>> members = room.members();
        heliograph.postgres().start();

        acks.forEach(CompletableFuture::join);
        assertEquals(1, members.join().items().size());
        assertEquals(
                List.of("before", "during", "during too"),
                ClientFixture.contents(ClientFixture.history(client, room.id())));
        assertTrue(codes.stream().noneMatch("client_id_reused"::equals), codes::toString);
        await().until(() -> room.messages().size() == 3);
    }

    /** People on both replicas write to a room that they all follow, while one replica after the other is replaced. */
    private void through(Consumer<ServiceProcess> end) {
        List<RecordedClient> all = people(HeartbeatSettings.DEFAULT);
        Room first = roomOf(all);
        List<Room> rooms =
                all.stream().map(client -> client.client().room(first.id())).toList();
        rooms.forEach(room -> room.subscribe().join());
        List<EventLog> logs = rooms.stream().map(EventLog::ofMessages).toList();

        List<WritingPerson> writers = IntStream.range(0, PEOPLE)
                .mapToObj(number -> WritingPerson.start(rooms.get(number), number + " "))
                .toList();
        try {
            logs.get(0).awaitSize(50);
            // One after the other, as all may be on one of them.
            for (int replica : new int[] {1, 0}) {
                ServiceProcess process = heliograph.messageProcess(replica);
                end.accept(process);
                process.stop();
                process.start();
                heliograph.awaitReady();
            }
            await("a client that reconnected").until(() -> hasAnyClientMoved(all));
            logs.get(0).awaitSize(logs.get(0).size() + 50);
        } finally {
            writers.forEach(WritingPerson::stop);
        }

        int sent = writers.stream().mapToInt(WritingPerson::acknowledged).sum();
        List<JsonNode> history = ClientFixture.history(all.get(0).client(), first.id());
        assertEquals(sent, history.size());
        for (EventLog log : logs) {
            log.awaitSize(history.size());
            assertEquals(
                    history.stream()
                            .map(message -> message.get("seq") + " "
                                    + message.get("content").asText())
                            .toList(),
                    log.messages().stream()
                            .map(message -> message.seq() + " " + message.content())
                            .toList());
        }
        writers.forEach(writer -> writer.assertInOrder(ClientFixture.contents(history)));
    }

    private List<RecordedClient> people(HeartbeatSettings heartbeat) {
        return IntStream.range(0, PEOPLE)
                .mapToObj(number -> clients.live(clients.person("p" + number), options -> options.heartbeat(heartbeat)))
                .toList();
    }

    private static Room roomOf(List<RecordedClient> all) {
        List<HeliographClient> each = all.stream().map(RecordedClient::client).toList();
        return ClientFixture.room(each.get(0), each.subList(1, PEOPLE).toArray(HeliographClient[]::new));
    }

    private static boolean hasAnyClientMoved(List<RecordedClient> all) {
        return all.stream().anyMatch(client -> client.lives() > 1);
    }

    private Stream<ServiceProcess> replicas() {
        return Stream.of(1, 0).map(heliograph::messageProcess);
    }

    /** A user who writes to a room at a steady rate. */
    private record WritingPerson(String prefix, List<CompletableFuture<Ack>> acks, Thread thread) {

        static WritingPerson start(Room room, String prefix) {
            List<CompletableFuture<Ack>> acks = new CopyOnWriteArrayList<>();
            Thread thread = new Thread(() -> {
                do {
                    // Less than an outbox takes, also where a replica starts slowly.
                    if (room.pending().size() < MAX_PENDING) {
                        acks.add(room.send(prefix + (acks.size() + 1)));
                    }
                } while (rest());
            });
            thread.start();
            return new WritingPerson(prefix, acks, thread);
        }

        private static boolean rest() {
            try {
                TimeUnit.MILLISECONDS.sleep(25);
                return true;
            } catch (InterruptedException stopped) {
                return false;
            }
        }

        void stop() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        int acknowledged() {
            acks.forEach(CompletableFuture::join);
            return acks.size();
        }

        void assertInOrder(List<String> contents) {
            assertEquals(
                    IntStream.rangeClosed(1, acks.size())
                            .mapToObj(count -> prefix + count)
                            .toList(),
                    contents.stream()
                            .filter(content -> content.startsWith(prefix))
                            .toList());
        }
    }
}
