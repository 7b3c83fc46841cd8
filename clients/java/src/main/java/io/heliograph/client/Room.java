package io.heliograph.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A room as one client sees it. No request is sent before a method is called. */
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

    /** The data of the room in the last list that had it, until the caller leaves it. */
    public Optional<RoomInfo> info() {
        return get(() -> Optional.ofNullable(state.info()));
    }

    /** The number of users online, as last reported by the server. */
    public int online() {
        return get(state.feed()::online);
    }

    /**
     * A copy of the loaded history and all later messages, without a gap, oldest first. It is up to date, so listeners
     * may get its last messages later. Beyond {@link ClientOptions#maxMessages} each new message replaces the oldest.
     */
    public List<Message> messages() {
        return get(state.timeline()::messages);
    }

    /** Whether the history is loaded from its beginning. */
    public boolean isComplete() {
        return get(state.timeline()::isComplete);
    }

    /** The rev of the last processed change, after which a later program can {@link #subscribe(long)}. */
    public OptionalLong rev() {
        Long rev = get(state.feed()::rev);
        return rev == null ? OptionalLong.empty() : OptionalLong.of(rev);
    }

    /** The {@code seq} of the latest known message; 0 without one. */
    public long lastSeq() {
        return get(state.marks()::lastSeq);
    }

    /** The read mark of the caller. */
    public long readSeq() {
        return get(state.marks()::readSeq);
    }

    /** The number of messages of others after the read mark that are not deleted; the server counts to 1,000. */
    public long unread() {
        return get(state.marks()::unread);
    }

    /** The number of these that mention the caller, as far as the server has counted. */
    public long mentions() {
        return get(state.marks()::mentions);
    }

    /** The messages to this room that are not stored yet, in the order in which they were written. */
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
     * Follows the room: from its current end, or from the last processed change. Completes when it is live, and fails
     * if it cannot be followed. After a loss of the connection it continues at the last processed change.
     */
    public CompletableFuture<Void> subscribe() {
        return exposed(get(state.feed()::subscribe).copy());
    }

    /** Follows the room after this change, which an earlier program has processed, unless it is followed already. */
    public CompletableFuture<Void> subscribe(long after) {
        return exposed(get(() -> state.feed().subscribe(after)).copy());
    }

    /** Stops following; another {@link #subscribe()} continues from here. */
    public void unsubscribe() {
        host.context().run(state.feed()::unsubscribe);
    }

    /** Loads up to 50 older messages, and returns them. */
    public CompletableFuture<List<Message>> older() {
        return older(PageRequest.DEFAULT.limit());
    }

    /**
     * Follows the room, loads an older page of its history, and returns it, oldest first; empty at the beginning of the
     * history. Concurrent calls share a page.
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
     * Sends a message until it is acknowledged, which completes the future, however often the connection is lost; a
     * rejection fails it, and keeps the message in the outbox. After a {@link HeliographClient#close} the future waits
     * for the next connection. At most 1,000 messages wait in all rooms ({@code outbox_full}).
     */
    public CompletableFuture<Ack> send(NewMessage message) {
        return exposed(get(() -> host.outbox().add(id, message)));
    }

    public CompletableFuture<Message> edit(long seq, String content) {
        return learnt(calls.change(seq, Map.of("content", content)));
    }

    /** Changes the content and the metadata of a message in one change; an empty map removes the metadata. */
    public CompletableFuture<Message> edit(long seq, String content, Map<String, ?> metadata) {
        return learnt(calls.change(seq, Map.of("content", content, "metadata", metadata)));
    }

    /** Changes the metadata of a message; an empty map removes them. */
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

    /** Moves the read mark of the caller, only forward; without a connection it is sent later. */
    public void markRead(long seq) {
        host.context().run(() -> state.marks().mark(seq));
    }

    /** Moves the read mark of the caller back, on all devices, so that this message and those after it are unread. */
    public CompletableFuture<Void> markUnread(long seq) {
        return exposed(calls.markUnread(seq)
                .thenAccept(mark -> host.context().run(() -> state.marks().moved(null, mark, true))));
    }

    /** The read marks of the first 50 members: {@link #reads(PageRequest)}. */
    public CompletableFuture<Page<ReadMark>> reads() {
        return reads(PageRequest.DEFAULT);
    }

    /** The read marks of the members, in a room of up to 500 members (else {@code too_many_members}). */
    public CompletableFuture<Page<ReadMark>> reads(PageRequest page) {
        return exposed(calls.reads(page));
    }

    /**
     * Shows the other members that the caller is typing. May be called at each key; sends one frame a second at most.
     */
    public void typing() {
        host.context().run(state::typing);
    }

    /** Publishes an event without data: {@link #publish(String, Object)}. */
    public void publish(String name) {
        publish(name, null);
    }

    /**
     * Publishes an event of the program to all who follow the room now, including the caller, or drops it without a
     * connection. It is not stored, and may be lost.
     *
     * @param name 1 to 64 letters, digits or {@code . _ : -}
     * @param data at most 4,096 bytes as JSON; null for none
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

    /** The first 50 users online. */
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

    /** Adds or invites a user as a plain member. */
    public CompletableFuture<Member> addMember(String user) {
        return addMember(user, null);
    }

    /** @param role null for the present role of a member, or for a plain member */
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
