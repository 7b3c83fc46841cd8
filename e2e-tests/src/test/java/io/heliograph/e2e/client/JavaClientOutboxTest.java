package io.heliograph.e2e.client;

import static io.heliograph.e2e.client.ClientFixture.assertRefused;
import static io.heliograph.e2e.client.ClientFixture.awaitNotLive;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.client.Ack;
import io.heliograph.client.ClientEvent;
import io.heliograph.client.ClientStorage;
import io.heliograph.client.FileStorage;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.NewMessage;
import io.heliograph.client.OutboxEntry;
import io.heliograph.client.Room;
import io.heliograph.e2e.client.FaultProxy.Mode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaClientOutboxTest extends JavaClientCase {

    @TempDir
    private Path folder;

    JavaClientOutboxTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldRepeatAnUnansweredMessageUnderItsClientIdByTheNextProgram() {
        Person ada = clients.person("ada");
        FaultProxy network = clients.network();
        HeliographClient other = clients.live(ada);
        Room room = ClientFixture.room(other);
        HeliographClient first = clients.live(
                        ada, ClientFixture.through(network), options -> options.storage(new FileStorage(folder)))
                .client();

        network.become(Mode.MUTE);
        first.room(room.id()).send(NewMessage.of("once").withClientId("only"));
        await("the stored message")
                .until(() -> ClientFixture.history(other, room.id()).size() == 1);
        assertEquals(List.of("only SENDING"), entries(first.pending()));
        first.close();
        network.cut();

        ClientStorage storage = new FileStorage(folder);
        HeliographClient second =
                clients.client(options -> options.storage(storage)).client();
        CompletableFuture<ClientEvent.Sent> sent = second.next(ClientEvent.Sent.class);
        assertTrue(second.resume().join());

        assertEquals(1, sent.join().ack().seq());
        await().until(() -> second.pending().isEmpty());
        assertEquals(
                List.of("only"),
                ClientFixture.history(other, room.id()).stream()
                        .map(message -> message.get("clientId").asText())
                        .toList());
        assertEquals(1, storage.keys("").size(), "only the session is stored");
    }

    @Test
    void shouldSendMessagesWrittenWithoutAConnectionInTheirOrder() {
        FaultProxy network = clients.network();
        HeliographClient client = clients.live(clients.person("ada"), network).client();
        List<Room> rooms = List.of(ClientFixture.room(client), ClientFixture.room(client));
        network.become(Mode.REFUSE);
        network.cut();
        awaitNotLive(client);

        List<CompletableFuture<Ack>> acks = IntStream.range(0, 20)
                .mapToObj(number -> rooms.get(number % 2).send("message " + number))
                .toList();
        assertEquals(20, client.pending().size());
        assertEquals(10, rooms.get(0).pending().size());
        network.become(Mode.PASS);
        acks.forEach(CompletableFuture::join);

        for (int each = 0; each < 2; each++) {
            int first = each;
            assertEquals(
                    IntStream.range(0, 10)
                            .mapToObj(number -> "message " + (2 * number + first))
                            .toList(),
                    ClientFixture.contents(
                            ClientFixture.history(client, rooms.get(each).id())));
        }
    }

    @Test
    void shouldKeepARejectedMessageUntilItIsRetriedOrDiscarded() {
        Person bob = clients.person("bob");
        HeliographClient owner = clients.live(clients.person("ada"));
        HeliographClient guest = clients.live(bob, options -> options.storage(new FileStorage(folder)))
                .client();
        Room room = ClientFixture.room(owner);
        Room own = ClientFixture.room(guest);
        Room foreign = guest.room(room.id());

        CompletableFuture<Ack> failing = foreign.send(NewMessage.of("too early").withClientId("early"));
        own.send("not held up").join();
        assertRefused("room_not_found", failing);
        assertRefused("invalid_request", foreign.send(NewMessage.of(" ").withClientId("blank")));
        assertEquals(List.of("early FAILED", "blank FAILED"), entries(foreign.pending()));
        assertEquals("room_not_found", foreign.pending().get(0).error().code());
        guest.close();

        HeliographClient next = clients.client(options -> options.storage(new FileStorage(folder)))
                .client();
        assertTrue(next.resume().join());
        assertEquals(List.of("early FAILED", "blank FAILED"), entries(next.pending()));
        room.addMember(bob.id().toString()).join();
        next.room(room.id()).join().join();
        assertEquals(" ", next.discard("blank").orElseThrow().content());
        CompletableFuture<ClientEvent.Sent> sent = next.next(ClientEvent.Sent.class);
        next.retry("early");

        assertEquals("early", sent.join().ack().clientId());
        assertEquals(List.of(), next.pending());
    }

    @Test
    void shouldNotSendMessagesOfAnotherUser() {
        Person ada = clients.person("ada");
        Person bob = clients.person("bob");
        FaultProxy network = clients.network();
        HeliographClient client = clients.live(ada, network).client();
        Room room = ClientFixture.room(client);
        network.become(Mode.MUTE);
        room.send(NewMessage.of("of ada").withClientId("a"));
        CompletableFuture<Void> signedOut = client.signOut();
        network.become(Mode.PASS);
        network.cut();
        signedOut.join();

        ClientFixture.signIn(client, bob);
        await().until(() -> RecordedClient.isLive(client));
        assertEquals(List.of(), client.pending());

        CompletableFuture<ClientEvent.Sent> sent = client.next(ClientEvent.Sent.class);
        ClientFixture.signIn(client, ada);
        assertEquals("a", sent.join().ack().clientId());
    }

    @Test
    void shouldRepeatTheFirstAnswerAndRejectOtherContentOfAClientId() {
        HeliographClient client = clients.live(clients.person("ada"));
        Room room = ClientFixture.room(client);
        NewMessage message = NewMessage.of("one");
        Ack ack = room.send(message).join();

        assertEquals(ack, room.send(message).join());
        assertRefused("client_id_reused", room.send(NewMessage.of("two").withClientId(message.clientId())));
    }

    @Test
    void shouldWaitOutRateLimits() {
        HeliographClient client = clients.live(clients.person("ada"));
        Room room = ClientFixture.room(client);
        Room idle = client.room(UUID.randomUUID().toString());
        List<String> errors = new CopyOnWriteArrayList<>();
        client.on(ClientEvent.OutboxChanged.class, event -> {
            if (event.entry().error() != null) {
                errors.add(event.entry().error().code());
            }
        });

        int sent = 0;
        while (errors.isEmpty()) {
            // More than a person may ask for at once.
            IntStream.range(0, 3_000).forEach(number -> idle.unsubscribe());
            room.send("message " + ++sent).join();
        }

        assertTrue(errors.stream().allMatch("rate_limited"::equals), errors::toString);
        assertEquals(List.of(), client.pending());
        assertEquals(
                IntStream.rangeClosed(1, sent)
                        .mapToObj(number -> "message " + number)
                        .toList(),
                ClientFixture.contents(ClientFixture.history(client, room.id())));
    }

    private static List<String> entries(List<OutboxEntry> pending) {
        return pending.stream()
                .map(entry -> entry.clientId() + " " + entry.state())
                .toList();
    }
}
