package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A room as one client sees it. Nothing is asked of the server until a method does. */
public final class Room {

    /** Others hear of it once a second at most. */
    private static final long TYPING_MILLIS = 1_000;

    private final String id;
    private final RoomHost host;
    private final Listeners listeners = new Listeners();
    private final Timeline timeline;
    private final ReadMarks marks;
    private final RoomFeed feed;
    private final RoomHistory history;
    private final RoomCalls calls;
    private RoomInfo info;
    private long typedAt = -TYPING_MILLIS;

    Room(String id, RoomHost host) {
        this.id = id;
        this.host = host;
        this.timeline = new Timeline(host.maxMessages());
        this.marks = new ReadMarks(id, host, this::publish);
        this.feed = new RoomFeed(id, host, timeline, marks, this::publish);
        this.calls = new RoomCalls(id, host);
        this.history = new RoomHistory(calls.path("/messages"), host, timeline, marks);
    }

    public String id() {
        return id;
    }

    /** What is known of the room from a list, if it was in one. */
    public Optional<RoomInfo> info() {
        return host.context().get(() -> Optional.ofNullable(info));
    }

    /** How many people were online in it when the server said so last. */
    public int online() {
        return host.context().get(feed::online);
    }

    /**
     * A copy of what is loaded of the history and has come since, without a gap, the oldest first. It is as new as can be:
     * listeners may hear of its last messages later. At most as many as {@link ClientOptions#maxMessages} says
     * stay when new ones come.
     */
    public List<Message> messages() {
        return host.context().get(timeline::messages);
    }

    /** Whether the history is loaded from its beginning. */
    public boolean isComplete() {
        return host.context().get(() -> timeline.floor() != null && timeline.floor() <= 1);
    }

    /** The number of the last change that was processed, after which a later program may {@link #subscribe(long)}. */
    public OptionalLong rev() {
        return host.context().get(() -> feed.rev() == null ? OptionalLong.empty() : OptionalLong.of(feed.rev()));
    }

    /** The {@code seq} of the latest message that is known of; 0 without one. */
    public long lastSeq() {
        return host.context().get(marks::lastSeq);
    }

    /** How far the caller has read. */
    public long readSeq() {
        return host.context().get(marks::readSeq);
    }

    /** How many messages of others that are not deleted come after the read mark; the server counts to 1,000. */
    public long unread() {
        return host.context().get(marks::unread);
    }

    /** How many of these mention the caller, as far as the server has counted. */
    public long mentions() {
        return host.context().get(marks::mentions);
    }

    /** What was written here and is not stored yet, in the order in which it was written. */
    public List<OutboxEntry> pending() {
        return host.context().get(() -> host.outbox().entries(id));
    }

    /**
     * Calls the listener with each event of the room that is of this type. The listeners of a client are called one after
     * the other, in the order of the events, never under a lock; one that blocks delays the others, and in the end makes
     * the client stop reading.
     */
    public <E extends RoomEvent> ListenerRegistration on(Class<E> type, Consumer<? super E> listener) {
        return listeners.add(type, listener);
    }

    /** The next event of this type. */
    public <E extends RoomEvent> CompletableFuture<E> next(Class<E> type) {
        return listeners.next(type);
    }

    /**
     * Follows the room: from its present end, or from where it was left. Completes when it is live, and fails when it
     * cannot be followed. After a loss of the connection it goes on where it was.
     */
    public CompletableFuture<Void> subscribe() {
        return exposed(host.context().get(feed::subscribe).copy());
    }

    /** The same after this change, of which an earlier program knows, unless the room is followed already. */
    public CompletableFuture<Void> subscribe(long after) {
        return exposed(host.context().get(() -> feed.subscribe(after)).copy());
    }

    /** Stops following; another {@link #subscribe()} goes on from here. */
    public void unsubscribe() {
        host.context().run(feed::unsubscribe);
    }

    /** Loads up to 50 older messages, and gives them. */
    public CompletableFuture<List<Message>> older() {
        return older(PageRequest.DEFAULT.limit());
    }

    /**
     * Follows the room, loads an older page of its history, and gives it, the oldest first; nothing at its beginning.
     * Calls at the same time share a page.
     *
     * @param limit 1 to 200 messages
     */
    public CompletableFuture<List<Message>> older(int limit) {
        return exposed(
                host.context().get(() -> history.older(limit, feed.subscribe())).copy());
    }

    /** Sends a text under a new {@code clientId}: {@link #send(NewMessage)}. */
    public CompletableFuture<Ack> send(String content) {
        return send(NewMessage.of(content));
    }

    /**
     * Keeps a message until it is acknowledged, which completes the future, however often the connection is lost; a
     * refusal fails it, and keeps the message in the outbox. After a {@link HeliographClient#close} the future waits for
     * the next connection. At most 1,000 messages wait in all rooms ({@code outbox_full}).
     */
    public CompletableFuture<Ack> send(NewMessage message) {
        return exposed(host.context().get(() -> host.outbox().add(id, message)));
    }

    public CompletableFuture<Message> edit(long seq, String content) {
        return learnt(calls.change(seq, Map.of("content", content)));
    }

    /** Changes what the program's own data of a message are; an empty map removes them. */
    public CompletableFuture<Message> changeMetadata(long seq, Map<String, ?> metadata) {
        return learnt(calls.change(seq, Map.of("metadata", metadata)));
    }

    public CompletableFuture<Void> delete(long seq) {
        return exposed(calls.delete(seq));
    }

    public CompletableFuture<Message> react(long seq, String emoji) {
        return learnt(calls.react("PUT", seq, emoji));
    }

    public CompletableFuture<Message> unreact(long seq, String emoji) {
        return learnt(calls.react("DELETE", seq, emoji));
    }

    /** Moves the read mark of the caller to the end. */
    public void markRead() {
        host.context().run(() -> marks.mark(marks.lastSeq()));
    }

    /** Moves the read mark of the caller, forward only; without a connection the server hears of it later. */
    public void markRead(long seq) {
        host.context().run(() -> marks.mark(seq));
    }

    /** Tells the others that the caller is typing. It may be called at each key: they hear of it once a second. */
    public void typing() {
        host.context().run(() -> {
            long now = host.context().now();
            if (now - typedAt >= TYPING_MILLIS) {
                typedAt = now;
                host.connection().tell(Map.of("type", "typing", "room", id));
            }
        });
    }

    /** The first 50 members. */
    public CompletableFuture<Page<Member>> members() {
        return members(PageRequest.DEFAULT);
    }

    public CompletableFuture<Page<Member>> members(PageRequest page) {
        return exposed(calls.members(page));
    }

    /** The first 50 of those who are online. */
    public CompletableFuture<Presence> presence() {
        return presence(PageRequest.DEFAULT);
    }

    public CompletableFuture<Presence> presence(PageRequest page) {
        return exposed(calls.presence(page));
    }

    /** Becomes a member. */
    public CompletableFuture<Member> join() {
        return addMember(host.me());
    }

    /** Ends the membership, and stops following. */
    public CompletableFuture<Void> leave() {
        return exposed(calls.removeMember(host.me()).thenRun(this::unsubscribe));
    }

    /** Adds somebody to the room, or invites them, as a plain member. */
    public CompletableFuture<Member> addMember(String user) {
        return addMember(user, null);
    }

    /** @param role null for that which somebody has already, or for a plain member */
    public CompletableFuture<Member> addMember(String user, Role role) {
        return exposed(calls.addMember(user, role));
    }

    public CompletableFuture<Void> removeMember(String user) {
        return exposed(calls.removeMember(user));
    }

    /** What a list says. Under the lock. */
    void learn(RoomInfo said) {
        info = said;
        marks.grow(said.lastSeq());
        if (said.unread() != null && said.readSeq() != null) {
            long mentioning = said.mentions() == null ? 0 : said.mentions();
            marks.counted(said.readSeq(), said.lastSeq(), said.unread(), mentioning);
        }
        feed.learn(said);
        marks.count();
    }

    /** There is a new connection. Under the lock. */
    void connected() {
        feed.connected();
        marks.connected();
    }

    /** The caller's own message was stored, whether the room is followed or not. Under the lock. */
    void sent(Ack ack) {
        marks.grow(ack.seq());
        marks.skip(ack.seq());
        marks.count();
    }

    /** Under the lock. */
    void receive(JsonNode frame) {
        feed.receive(frame);
    }

    private CompletableFuture<Message> learnt(CompletableFuture<Message> answer) {
        return exposed(answer.thenApply(message -> {
            host.context().run(() -> timeline.learn(message));
            return message;
        }));
    }

    private <T> CompletableFuture<T> exposed(CompletableFuture<T> inner) {
        return host.context().expose(inner);
    }

    private void publish(RoomEvent event) {
        host.publish(listeners, event);
    }
}
