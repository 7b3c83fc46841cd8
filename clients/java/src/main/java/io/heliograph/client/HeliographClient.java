package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The client of one user: a session, one WebSocket for all rooms, and an outbox. When the connection is lost it
 * reconnects by itself and requests missed changes; it sends each message until it is acknowledged, under one
 * {@code clientId}; and it renews its tokens at 80 % of their lifetime. Safe for use by several threads.
 *
 * <p>Bounds: {@value Outbox#MAX_ENTRIES} unsent messages, {@value Http#MAX_CALLS} concurrent calls,
 * {@value EventQueue#FULL} events that wait for listeners before nothing more is read from the connection, and
 * {@link ClientOptions#maxMessages} messages of each room.
 */
public final class HeliographClient implements AutoCloseable {

    private final ClientCore core;
    private final ClientContext context;
    private final ClientCalls calls;
    private String lastUser = "";

    /** A client without a signed-in user; sends no request yet. */
    public HeliographClient(ClientOptions options) {
        core = new ClientCore(options);
        context = core.context();
        calls = new ClientCalls(core);
    }

    /** A client with the default options, of a gateway such as {@code https://chat.example.org}. */
    public static HeliographClient at(URI address) {
        return new HeliographClient(ClientOptions.at(address));
    }

    /** The state of the connection. */
    public ConnectionState state() {
        return context.get(core.connection()::state);
    }

    /** The signed-in user. */
    public Optional<Account> account() {
        return context.get(() -> Optional.ofNullable(core.session().account()));
    }

    /** The limits in the last welcome of the server. */
    public Optional<ServerLimits> limits() {
        return context.get(() -> Optional.ofNullable(core.limits()));
    }

    /** The rooms that this client knows, by id. */
    public Map<String, Room> rooms() {
        return context.get(() -> Map.copyOf(core.rooms()));
    }

    /** The room of this id; sends no request. */
    public Room room(String id) {
        return context.get(() -> core.room(id));
    }

    /** Calls the listener with each event of this type, also with those of all rooms: see {@link Room#on}. */
    public <E extends Event> ListenerRegistration on(Class<E> type, Consumer<? super E> listener) {
        return core.listeners().add(type, listener);
    }

    /** The next event of this type. */
    public <E extends Event> CompletableFuture<E> next(Class<E> type) {
        return core.listeners().next(type);
    }

    public CompletableFuture<User> register(NewAccount account) {
        return exposed(calls.register(account));
    }

    /** Signs in by name or e-mail address, and begins to connect. */
    public CompletableFuture<Void> signIn(String login, String password) {
        close();
        return exposed(core.storedTokens()
                .signIn(login, password)
                .thenAccept(tokens -> context.run(() -> {
                    core.session().begin(tokens);
                    connect();
                })));
    }

    /**
     * Restores the session in the storage, or that of the {@link TokenProvider}, and begins to connect.
     *
     * @return whether there is one; a transient failure fails the future
     */
    public CompletableFuture<Boolean> resume() {
        return exposed(context.get(core.session()::resume)
                .exceptionally(failure -> {
                    if (HeliographException.unwrap(failure) instanceof HeliographException refusal
                            && !refusal.isTransient()) {
                        return false;
                    }
                    throw new CompletionException(HeliographException.unwrap(failure));
                })
                .thenApply(isSignedIn -> {
                    if (isSignedIn) {
                        connect();
                    }
                    return isSignedIn;
                }));
    }

    /**
     * Ends the session, first in this client and then on the server. Unsent messages stay in the storage until their
     * author signs in again.
     */
    public CompletableFuture<Void> signOut() {
        String refreshToken = context.get(() -> {
            String token = core.session().refreshToken();
            core.session().end("signed_out");
            return token;
        });
        return refreshToken == null
                ? CompletableFuture.completedFuture(null)
                : exposed(core.storedTokens().signOut(refreshToken));
    }

    /**
     * Connects again after {@link #close()}, or after the server ended the connection permanently.
     *
     * @throws HeliographException {@code signed_out} if no user is signed in
     */
    public void connect() {
        context.run(() -> {
            Account account = core.session().account();
            if (account == null) {
                throw HeliographException.signedOut();
            }
            if (!lastUser.isEmpty() && !lastUser.equals(account.id())) {
                core.forgetRooms();
            }
            lastUser = account.id();
            core.outbox().load(account.id());
            if (core.connection().state() instanceof ConnectionState.Stopped) {
                core.publish(new ClientEvent.SignedIn(account));
                core.session().keep();
                core.connection().start();
            }
        });
    }

    /** Ends the connection; the session and unsent messages stay. Nothing else has to be released. */
    @Override
    public void close() {
        context.run(() -> core.connection().stop("closed", OptionalInt.empty()));
    }

    /** {@link #sync(boolean)}, which follows the rooms. */
    public CompletableFuture<List<Room>> sync() {
        return sync(true);
    }

    /**
     * A snapshot of all rooms of the caller. From then on an {@link AccountEvent} is published for each room that is
     * added, removed or changed in its description, also for changes without a connection.
     *
     * @param subscribe whether each room is followed from there on without a gap, as are those that are added later; if
     *     there are more rooms than one connection may join, those with the latest messages are followed
     */
    public CompletableFuture<List<Room>> sync(boolean subscribe) {
        return exposed(core.accountFeed().sync(subscribe));
    }

    /** Not repeated when the connection is lost, since it may have taken effect. */
    public CompletableFuture<Room> createRoom(NewRoom room) {
        return exposed(calls.createRoom(room));
    }

    /** The direct room of the caller and another user: the same one for each request of either user. */
    public CompletableFuture<Room> directRoom(String user) {
        return exposed(calls.directRoom(user));
    }

    /**
     * The public rooms in whose names a word begins with {@code query}.
     *
     * @param query null or empty for all
     */
    public CompletableFuture<Page<RoomInfo>> directory(String query, PageRequest page) {
        return exposed(calls.directory(query, page));
    }

    /**
     * Messages with these words in the rooms of the caller.
     *
     * @param room null for all rooms
     */
    public CompletableFuture<Page<Message>> search(String words, String room, PageRequest page) {
        return exposed(calls.search(words, room, page));
    }

    /** Users in whose names a word begins with {@code text}. */
    public CompletableFuture<Page<User>> findUsers(String text, PageRequest page) {
        return exposed(calls.findUsers(text, page));
    }

    /** The messages that are not stored yet, in all rooms, in the order in which they were written. */
    public List<OutboxEntry> pending() {
        return context.get(core.outbox()::entries);
    }

    /** Sends a failed message again. */
    public void retry(String clientId) {
        context.run(() -> core.outbox().retry(clientId));
    }

    /** Discards a waiting or failed message. One that is being sent may still be stored. */
    public Optional<OutboxEntry> discard(String clientId) {
        return context.get(() -> core.outbox().discard(clientId));
    }

    /** A valid access token, for requests outside of the client, such as uploads. */
    public CompletableFuture<String> accessToken() {
        return exposed(core.session().token());
    }

    /**
     * Any call of the API, as the caller. Transient failures are retried if the call may be repeated. Cancelling the
     * future cancels the call.
     *
     * @return the response, a missing node if it has no body
     */
    public CompletableFuture<JsonNode> request(ApiCall call) {
        return exposed(core.call(call));
    }

    private <T> CompletableFuture<T> exposed(CompletableFuture<T> inner) {
        return context.expose(inner);
    }
}
