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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A user who follows rooms and writes there, with the published client for Java. */
public final class Subscriber implements AutoCloseable {

    /** Many come back at once to what has just started. */
    private static final BackoffSettings BACKOFF = new BackoffSettings(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final HeliographClient client;
    private final Map<UUID, Queue<Message>> seen = new HashMap<>();
    private final AtomicInteger connections = new AtomicInteger();

    private Subscriber(HeliographClient client) {
        this.client = client;
    }

    /** One that has joined at the present ends of these rooms, at this gateway or message-service. */
    public static Subscriber of(Api api, Person person, UUID... rooms) {
        HeliographClient client = new HeliographClient(ClientOptions.at(api.address())
                .backoff(BACKOFF)
                .tokenProvider(() -> CompletableFuture.completedFuture(person.token())));
        Subscriber subscriber = new Subscriber(client);
        client.on(StateChanged.class, event -> {
            if (event.state() instanceof Live) {
                subscriber.connections.incrementAndGet();
            }
        });
        client.resume().join();
        for (UUID room : rooms) {
            subscriber.follow(room);
        }
        return subscriber;
    }

    private void follow(UUID id) {
        Queue<Message> messages = new ConcurrentLinkedQueue<>();
        seen.put(id, messages);
        Room room = client.room(id.toString());
        room.on(MessageAdded.class, event -> messages.add(event.message()));
        room.subscribe().join();
    }

    /** Sends a message until it is acknowledged. */
    public CompletableFuture<Ack> send(UUID room, String clientId, String content) {
        return client.room(room.toString()).send(NewMessage.of(content).withClientId(clientId));
    }

    /** How many messages it has seen, in all rooms. */
    public int count() {
        return seen.values().stream().mapToInt(Queue::size).sum();
    }

    /** Fails unless it comes to see exactly this: each message once, in one order, with the same content. */
    public void assertSees(UUID room, List<JsonNode> history) {
        Queue<Message> messages = seen.get(room);
        await().untilAsserted(() -> assertEquals(history.size(), messages.size(), this::toString));
        assertEquals(
                history.stream().map(Subscriber::essence).toList(),
                messages.stream().map(Subscriber::essence).toList());
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
                .formatted(seen.keySet(), count(), reconnects(), client.state());
    }
}
