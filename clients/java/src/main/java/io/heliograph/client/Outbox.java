package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.client.OutboxEntry.Failure;
import io.heliograph.client.OutboxEntry.State;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The messages that are not acknowledged yet. Messages of one room are sent one after the other, so that they keep the
 * order in which they were written, also if one is rejected. Each is stored before it is sent, and sent with the same
 * {@code clientId} until there is a response, so that it takes effect once. Guarded by the lock of the client.
 */
final class Outbox {

    /** More unsent messages than any program without a defect has. */
    static final int MAX_ENTRIES = 1_000;

    private final ClientContext context;
    private final Connection connection;
    private final OutboxStore store;
    private final BackoffSettings backoff;
    private final Consumer<ClientEvent> publish;

    private String user = "";
    /** In the order in which they were written. */
    private final Map<String, OutboxEntry> entries = new LinkedHashMap<>();

    private final Map<String, CompletableFuture<Ack>> waiting = new HashMap<>();
    private final Map<String, SendState> sendStates = new HashMap<>();
    private long lastOrder;

    /** What a room waits for: a response, or the end of a pause. */
    private static final class SendState {
        private final Backoff backoff;
        private boolean isBusy;

        SendState(BackoffSettings settings) {
            backoff = new Backoff(settings);
        }
    }

    Outbox(
            ClientContext context,
            Connection connection,
            OutboxStore store,
            BackoffSettings backoff,
            Consumer<ClientEvent> publish) {
        this.context = context;
        this.connection = connection;
        this.store = store;
        this.backoff = backoff;
        this.publish = publish;
    }

    /** Loads the unsent messages of this user, also those of an earlier program. */
    void load(String person) {
        if (user.equals(person)) {
            return;
        }
        user = person;
        entries.clear();
        for (OutboxEntry entry : store.load(person)) {
            boolean isFailed = entry.state() == State.FAILED;
            entries.put(entry.clientId(), isFailed ? entry : entry.with(State.WAITING, entry.error()));
            lastOrder = Math.max(lastOrder, entry.order());
        }
    }

    List<OutboxEntry> entries() {
        return List.copyOf(entries.values());
    }

    List<OutboxEntry> entries(String room) {
        return entries.values().stream()
                .filter(entry -> entry.room().equals(room))
                .toList();
    }

    CompletableFuture<Ack> add(String room, NewMessage message) {
        if (entries.size() >= MAX_ENTRIES) {
            return CompletableFuture.failedFuture(
                    new HeliographException("outbox_full", "Too many messages wait to be sent."));
        }
        if (entries.containsKey(message.clientId())) {
            return CompletableFuture.failedFuture(
                    new HeliographException("client_id_reused", "A message of this clientId is on its way."));
        }
        lastOrder = Math.max(lastOrder + 1, context.wallMillis());
        CompletableFuture<Ack> acknowledged = new CompletableFuture<>();
        waiting.put(message.clientId(), acknowledged);
        put(new OutboxEntry(room, message, State.WAITING, null, lastOrder));
        sendNext(room);
        return acknowledged;
    }

    /** Sends a failed message again. */
    void retry(String clientId) {
        OutboxEntry entry = entries.get(clientId);
        if (entry != null && entry.state() == State.FAILED) {
            put(entry.with(State.WAITING, null));
            sendNext(entry.room());
        }
    }

    /** Discards a message. One that is being sent may still be stored. */
    Optional<OutboxEntry> discard(String clientId) {
        OutboxEntry entry = remove(clientId);
        if (entry != null) {
            settle(clientId).completeExceptionally(new HeliographException("discarded", "The message was discarded."));
            publish.accept(new ClientEvent.Discarded(entry));
        }
        return Optional.ofNullable(entry);
    }

    /** To be called for a new connection, on which nothing has been sent. */
    void connected() {
        entries.values().stream().map(OutboxEntry::room).distinct().toList().forEach(this::sendNext);
    }

    private void sendNext(String room) {
        SendState sending = sendStates.computeIfAbsent(room, key -> new SendState(backoff));
        OutboxEntry next = entries.values().stream()
                .filter(entry -> entry.room().equals(room) && entry.state() != State.FAILED)
                .findFirst()
                .orElse(null);
        if (next == null) {
            sendStates.remove(room);
        } else if (!sending.isBusy && connection.isLive()) {
            sending.isBusy = true;
            put(next.with(State.SENDING, next.error()));
            connection.request(frame(next), answer -> answered(sending, next, answer));
        }
    }

    private static Map<String, Object> frame(OutboxEntry entry) {
        NewMessage message = entry.message();
        Map<String, Object> frame = new HashMap<>(Map.of("type", "send", "room", entry.room()));
        frame.put("clientId", message.clientId());
        frame.put("content", message.content());
        frame.put("metadata", message.metadata());
        frame.put("replyTo", message.replyTo());
        frame.put("mentions", message.mentions());
        frame.values().removeIf(Objects::isNull);
        return frame;
    }

    private void answered(SendState sending, OutboxEntry sent, JsonNode answer) {
        sending.isBusy = false;
        String clientId = sent.clientId();
        if (answer == null) {
            update(clientId, State.WAITING, null);
        } else if (Frames.isError(answer)) {
            refused(sending, sent, Frames.failure(answer));
        } else {
            sending.backoff.reset();
            Ack ack = Json.read(answer, Ack.class);
            remove(clientId);
            settle(clientId).complete(ack);
            publish.accept(new ClientEvent.Sent(ack));
            sendNext(sent.room());
        }
    }

    private void refused(SendState sending, OutboxEntry sent, HeliographException failure) {
        Failure error = new Failure(failure.code(), failure.getMessage());
        if (failure.isTransient()) {
            sending.isBusy = true;
            update(sent.clientId(), State.WAITING, error);
            context.schedule(sending.backoff.next(), () -> {
                sending.isBusy = false;
                sendNext(sent.room());
            });
        } else {
            update(sent.clientId(), State.FAILED, error);
            settle(sent.clientId()).completeExceptionally(failure);
            sendNext(sent.room());
        }
    }

    private void update(String clientId, State state, Failure error) {
        OutboxEntry entry = entries.get(clientId);
        if (entry != null) {
            put(entry.with(state, error == null ? entry.error() : error));
        }
    }

    private void put(OutboxEntry entry) {
        OutboxEntry before = entries.put(entry.clientId(), entry);
        // A message that is being sent is sent again by the next program, so that state need not be stored.
        if (before == null || (before.state() == State.FAILED) != (entry.state() == State.FAILED)) {
            store.put(user, entry);
        }
        publish.accept(new ClientEvent.OutboxChanged(entry));
    }

    private OutboxEntry remove(String clientId) {
        store.remove(user, clientId);
        return entries.remove(clientId);
    }

    /** The future of the program for this message; a new one for a message of an earlier program. */
    private CompletableFuture<Ack> settle(String clientId) {
        CompletableFuture<Ack> future = waiting.remove(clientId);
        return future == null ? new CompletableFuture<>() : future;
    }
}
