package io.heliograph.e2e.testsupport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.client.Ack;
import io.heliograph.client.BackoffSettings;
import io.heliograph.client.ClientEvent.StateChanged;
import io.heliograph.client.ClientOptions;
import io.heliograph.client.ConnectionState.Live;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.Message;
import io.heliograph.client.NewMessage;
import io.heliograph.client.Room;
import io.heliograph.client.RoomEvent.MessageAdded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who follows one room and writes there, with the client that everybody has. */
public final class Subscriber implements AutoCloseable {

    /** Many come back at once to what has just started. */
    private static final BackoffSettings BACKOFF = new BackoffSettings(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final HeliographClient client;
    private final Room room;
    private final ConcurrentLinkedQueue<Message> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    private Subscriber(HeliographClient client, UUID room) {
        this.client = client;
        this.room = client.room(room.toString());
    }

    /** One that has joined at the room's present end. */
    public static Subscriber of(Api api, Person person, UUID room) {
        HeliographClient client = new HeliographClient(ClientOptions.at(api.address())
                .backoff(BACKOFF)
                .tokenProvider(() -> CompletableFuture.completedFuture(person.token())));
        Subscriber subscriber = new Subscriber(client, room);
        client.on(StateChanged.class, event -> {
            if (event.state() instanceof Live) {
                subscriber.connections.incrementAndGet();
            }
        });
        subscriber.room.on(MessageAdded.class, event -> subscriber.seen.add(event.message()));
        client.resume().join();
        subscriber.room.subscribe().join();
        return subscriber;
    }

    /** Sends a message until it is acknowledged. */
    public CompletableFuture<Ack> send(String clientId, String content) {
        return room.send(NewMessage.of(content).withClientId(clientId));
    }

    /** Fails unless it comes to see exactly this: each message once, in one order, with the same content. */
    public void assertSees(List<JsonNode> history) {
        await().untilAsserted(() -> assertEquals(history.size(), seen.size(), this::toString));
        assertEquals(
                history.stream().map(Subscriber::essence).toList(),
                seen.stream().map(Subscriber::essence).toList());
    }

    public int reconnects() {
        return connections.get() - 1;
    }

    @Override
    public void close() {
        client.close();
    }

    private static List<Object> essence(JsonNode message) {
        return List.of(
                message.get("seq").longValue(),
                message.get("rev").longValue(),
                message.get("sender").get("id").textValue(),
                message.get("clientId").textValue(),
                Instant.parse(message.get("createdAt").textValue()),
                message.get("content").textValue());
    }

    private static List<Object> essence(Message message) {
        return List.of(
                message.seq(),
                message.rev(),
                message.sender().id(),
                message.clientId(),
                message.createdAt(),
                message.content());
    }

    /** The state of the connection, for the message of a failed assertion. */
    @Override
    public String toString() {
        return "subscriber of %s with %d messages, %d reconnects, %s"
                .formatted(room.id(), seen.size(), reconnects(), client.state());
    }
}
