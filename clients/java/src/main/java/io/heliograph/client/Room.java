package io.heliograph.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A room as one client sees it. Nothing is asked of the server until a method does. */
public final class Room {

    private final String id;
    private final RoomHost host;
    private final Listeners listeners = new Listeners();
    private final RoomState state;
    private final RoomHistory history;
    private final RoomCalls calls;

    Room(String id, RoomHost host) {
        this.id = id;
        this.host = host;
        this.state = new RoomState(id, host, event -> host.publish(listeners, event));
        this.calls = new RoomCalls(id, host);
        this.history = new RoomHistory(calls.path("/messages"), host, state.timeline(), state.marks());
    }

    public String id() {
        return id;
    }

    /** What is known of the room from a list, if it was in one, until the caller leaves it. */
    public Optional<RoomInfo> info() {
        return get(() -> Optional.ofNullable(state.info()));
    }

    /** How many people were online in it when the server said so last. */
    public int online() {
        return get(state.feed()::online);
    }

    /**
     * A copy of what is loaded of the history and has come since, without a gap, the oldest first. It is as new as can be:
     * listeners may hear of its last messages later. At most as many as {@link ClientOptions#maxMessages} says
     * stay when new ones come.
     */
    public List<Message> messages() {
        return get(state.timeline()::messages);
    }

    /** Whether the history is loaded from its beginning. */
    public boolean isComplete() {
        return get(state.timeline()::isComplete);
    }

    /** The number of the last change that was processed, after which a later program may {@link #subscribe(long)}. */
    public OptionalLong rev() {
        Long rev = get(state.feed()::rev);
        return rev == null ? OptionalLong.empty() : OptionalLong.of(rev);
    }

    /** The {@code seq} of the latest message that is known of; 0 without one. */
    public long lastSeq() {
        return get(state.marks()::lastSeq);
    }

    /** How far the caller has read. */
    public long readSeq() {
        return get(state.marks()::readSeq);
    }

    /** How many messages of others that are not deleted come after the read mark; the server counts to 1,000. */
    public long unread() {
        return get(state.marks()::unread);
    }

    /** How many of these mention the caller, as far as the server has counted. */
    public long mentions() {
        return get(state.marks()::mentions);
    }

    /** What was written here and is not stored yet, in the order in which it was written. */
    public List<OutboxEntry> pending() {
        return get(() -> host.outbox().entries(id));
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
        return exposed(get(state.feed()::subscribe).copy());
    }

    /** The same after this change, of which an earlier program knows, unless the room is followed already. */
    public CompletableFuture<Void> subscribe(long after) {
        return exposed(get(() -> state.feed().subscribe(after)).copy());
    }

    /** Stops following; another {@link #subscribe()} goes on from here. */
    public void unsubscribe() {
        host.context().run(state.feed()::unsubscribe);
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
        return exposed(get(() -> history.older(limit, state.feed().subscribe())).copy());
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
        return exposed(get(() -> host.outbox().add(id, message)));
    }

    public CompletableFuture<Message> edit(long seq, String content) {
        return learnt(calls.change(seq, Map.of("content", content)));
    }

    /** Changes the content and the program's own data of a message in one change; an empty map removes them. */
    public CompletableFuture<Message> edit(long seq, String content, Map<String, ?> metadata) {
        return learnt(calls.change(seq, Map.of("content", content, "metadata", metadata)));
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
        host.context().run(() -> state.marks().mark(state.marks().lastSeq()));
    }

    /** Moves the read mark of the caller, forward only; without a connection the server hears of it later. */
    public void markRead(long seq) {
        host.context().run(() -> state.marks().mark(seq));
    }

    /** Moves the read mark of the caller back, on all devices, so that this message and those after it are unread. */
    public CompletableFuture<Void> markUnread(long seq) {
        return exposed(calls.markUnread(seq)
                .thenAccept(mark -> host.context().run(() -> state.marks().moved(null, mark, true))));
    }

    /** How far the first 50 members have read: {@link #reads(PageRequest)}. */
    public CompletableFuture<Page<ReadMark>> reads() {
        return reads(PageRequest.DEFAULT);
    }

    /** How far the members have read, in a room of up to 500 ({@code too_many_members}). */
    public CompletableFuture<Page<ReadMark>> reads(PageRequest page) {
        return exposed(calls.reads(page));
    }

    /** Shows the others that the caller is typing. It may be called at each key; a frame is sent once a second at most. */
    public void typing() {
        host.context().run(state::typing);
    }

    /** An event that has no data: {@link #publish(String, Object)}. */
    public void publish(String name) {
        publish(name, null);
    }

    /**
     * Publishes an event of the program's own to all who follow the room now, the caller among them, or drops it without
     * a connection. It is not stored, and may be lost.
     *
     * @param name 1 to 64 letters, digits or {@code . _ : -}
     * @param data what is at most 4,096 bytes as JSON; null for none
     */
    public void publish(String name, Object data) {
        host.context().run(() -> state.publish(name, data));
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

    /** To be used under the lock. */
    RoomState state() {
        return state;
    }

    private CompletableFuture<Message> learnt(CompletableFuture<Message> answer) {
        return exposed(answer.thenApply(message -> {
            host.context().run(() -> state.timeline().learn(message));
            return message;
        }));
    }

    private <T> T get(Supplier<T> value) {
        return host.context().get(value);
    }

    private <T> CompletableFuture<T> exposed(CompletableFuture<T> inner) {
        return host.context().expose(inner);
    }
}
