package io.heliograph.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * The options of a client. All but the address have a default. Not safe for use by several threads; must not be changed
 * once a client was created with them.
 */
public final class ClientOptions {

    private static final int MAX_MESSAGES = 10_000;

    final URI address;
    TokenProvider tokenProvider;
    ClientStorage storage = new MemoryStorage();
    SessionLock lock;
    String prefix = "heliograph";
    HttpClient httpClient;
    Executor executor = SharedThreads.POOL;
    BackoffSettings backoff = BackoffSettings.DEFAULT;
    HeartbeatSettings heartbeat = HeartbeatSettings.DEFAULT;
    int maxMessages = MAX_MESSAGES;
    Clock clock = Clock.systemUTC();

    private ClientOptions(URI address) {
        this.address = address;
    }

    /** Options for a client of the gateway at this address, such as {@code https://chat.example.org}. */
    public static ClientOptions at(URI address) {
        if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
            throw new IllegalArgumentException("the address must begin with http:// or https://");
        }
        return new ClientOptions(address);
    }

    /** Provides access tokens, for a product with its own sign-in; then {@link HeliographClient#resume()}. */
    public ClientOptions tokenProvider(TokenProvider provider) {
        tokenProvider = provider;
        return this;
    }

    /** Stores the session and unsent messages, so that they outlive the program. By default they do not. */
    public ClientOptions storage(ClientStorage where) {
        storage = where;
        return this;
    }

    /**
     * Lets one client at a time renew a session that several share. By default one among the clients of this program that
     * use the same storage object.
     */
    public ClientOptions lock(SessionLock sessionLock) {
        lock = sessionLock;
        return this;
    }

    /** The prefix of the keys in the storage; {@code heliograph} by default. */
    public ClientOptions prefix(String ofKeys) {
        prefix = ofKeys;
        return this;
    }

    /** For calls and for the WebSocket; by default one that all clients of the program share. */
    public ClientOptions httpClient(HttpClient client) {
        httpClient = client;
        return this;
    }

    /**
     * Runs the listeners of the client, one at a time, and the dependent actions of its futures. It must have more than
     * one thread if listeners wait for futures. By default a pool of daemon threads that all clients of the program
     * share; these do not keep the program running.
     */
    public ClientOptions executor(Executor ofCallbacks) {
        executor = ofCallbacks;
        return this;
    }

    /** The pauses between attempts; {@link BackoffSettings#DEFAULT} by default. */
    public ClientOptions backoff(BackoffSettings settings) {
        backoff = settings;
        return this;
    }

    /** The detection of dead connections; {@link HeartbeatSettings#DEFAULT} by default. */
    public ClientOptions heartbeat(HeartbeatSettings settings) {
        heartbeat = settings;
        return this;
    }

    /** The number of messages that are kept of each room, at least 1; 10,000 by default. */
    public ClientOptions maxMessages(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a room keeps at least one message");
        }
        maxMessages = count;
        return this;
    }

    /** The clock that determines the age of a stored session. It is not used for anything else, so it may be wrong. */
    public ClientOptions clock(Clock wall) {
        clock = wall;
        return this;
    }

    SessionLock sessionLock() {
        return lock == null ? QueueLock.of(storage) : lock;
    }

    HttpClient client() {
        return httpClient == null ? SharedThreads.SharedHttp.CLIENT : httpClient;
    }
}
