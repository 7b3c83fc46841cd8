package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Connects the parts of a client, and passes events between them. */
final class ClientCore implements AccountHost, Session.SessionListener, Connection.ConnectionListener {

    /** The default limit of servers, until the first welcome. */
    private static final int MAX_FOLLOWED = 200;

    private final ClientContext context;
    private final BackoffSettings backoff;
    private final int maxMessages;
    private final Http http;
    private final StoredTokens storedTokens;
    private final Session session;
    private final Connection connection;
    private final Outbox outbox;
    private final Listeners listeners = new Listeners();
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final AccountFeed accountFeed;
    private ServerLimits limits;

    ClientCore(ClientOptions settings) {
        context = new ClientContext(settings.executor, settings.clock);
        backoff = settings.backoff;
        maxMessages = settings.maxMessages;
        http = new Http(context, new HttpSender(settings.address, settings.client()), backoff);
        String sessionKey = settings.prefix + ":session";
        storedTokens = new StoredTokens(context, http, settings.storage, sessionKey);
        TokenSource source =
                settings.tokenProvider == null ? storedTokens : new ProvidedTokens(context, settings.tokenProvider);
        session = new Session(context, source, new Renewal(context, source, settings.sessionLock(), sessionKey), this);
        connection = new Connection(
                context,
                new Connection.Settings(
                        socketAddress(settings.address), settings.client(), backoff, settings.heartbeat),
                session,
                this);
        OutboxStore store = new OutboxStore(
                settings.storage, settings.prefix + ":outbox", failure -> publish(new ClientEvent.Warning(failure)));
        outbox = new Outbox(context, connection, store, backoff, this::publish);
        accountFeed = new AccountFeed(this);
    }

    private static URI socketAddress(URI address) {
        URI path = address.resolve("/api/ws");
        return URI.create(path.toString().replaceFirst("^http", "ws"));
    }

    Http http() {
        return http;
    }

    StoredTokens storedTokens() {
        return storedTokens;
    }

    Session session() {
        return session;
    }

    Listeners listeners() {
        return listeners;
    }

    AccountFeed accountFeed() {
        return accountFeed;
    }

    /** Null before the first welcome. */
    ServerLimits limits() {
        return limits;
    }

    /** Forgets the rooms of a user, which another user must not see. */
    void forgetRooms() {
        rooms.clear();
        accountFeed.forget();
    }

    @Override
    public Map<String, Room> rooms() {
        return rooms;
    }

    @Override
    public Room room(String id) {
        return rooms.computeIfAbsent(id, key -> new Room(id, this));
    }

    @Override
    public int maxFollowed() {
        return limits == null ? MAX_FOLLOWED : limits.rooms();
    }

    @Override
    public ClientContext context() {
        return context;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public CompletableFuture<JsonNode> call(ApiCall call) {
        return http.call(call, session);
    }

    @Override
    public String me() {
        Account account = context.get(session::account);
        return account == null ? null : account.id();
    }

    @Override
    public BackoffSettings backoff() {
        return backoff;
    }

    @Override
    public int maxMessages() {
        return maxMessages;
    }

    @Override
    public void publish(Listeners ofRoom, RoomEvent event) {
        if (ofRoom.wants(event) || listeners.wants(event)) {
            context.events().add(() -> {
                ofRoom.call(event);
                listeners.call(event);
            });
        }
    }

    @Override
    public void publish(AccountEvent event) {
        if (listeners.wants(event)) {
            context.events().add(() -> listeners.call(event));
        }
    }

    @Override
    public void publish(ClientEvent event) {
        if (event instanceof ClientEvent.Sent sent
                && rooms.containsKey(sent.ack().room())) {
            rooms.get(sent.ack().room()).state().sent(sent.ack());
        }
        if (listeners.wants(event)) {
            context.events().offer(() -> listeners.call(event));
        }
    }

    @Override
    public void renewed() {
        connection.renewed();
    }

    @Override
    public void ended(String reason) {
        connection.stop(reason, OptionalInt.empty());
        rooms.values().forEach(Room::unsubscribe);
        forgetRooms();
        publish(new ClientEvent.SignedOut(reason));
    }

    @Override
    public void live(JsonNode welcome) {
        limits = Json.read(welcome.path("limits"), ServerLimits.class);
        rooms.values().forEach(room -> room.state().connected());
        outbox.connected();
    }

    @Override
    public void event(JsonNode frame) {
        if (accountFeed.receive(frame)) {
            return;
        }
        if (frame.hasNonNull("room")) {
            Room room = rooms.get(frame.get("room").asText());
            if (room != null) {
                room.state().receive(frame);
            }
        } else if (Frames.isError(frame)) {
            publish(new ClientEvent.Warning(Frames.failure(frame)));
        }
    }

    @Override
    public void changed(ConnectionState state) {
        if (state instanceof ConnectionState.Stopped) {
            session.rest();
        }
        publish(new ClientEvent.StateChanged(state));
    }
}
