package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Keeps one WebSocket open, and reconnects by itself. Its state is guarded by the lock of the client. */
final class Connection implements FrameSocket.FrameListener {

    /** The owner of a connection. */
    interface ConnectionListener {

        /** A new connection is open; this is its welcome. */
        void live(JsonNode welcome);

        /** A frame has arrived that is not a response. */
        void event(JsonNode frame);

        void changed(ConnectionState state);
    }

    /** The address and the settings of a connection. */
    record Settings(URI address, HttpClient http, BackoffSettings backoff, HeartbeatSettings heartbeat) {}

    /** The timeout from the opening to the welcome. The server's timeout of the {@code connect} is 10 s. */
    private static final Duration WELCOME = Duration.ofSeconds(20);
    /** A connection that was open for this long does not count as a failure. */
    private static final long STABLE_MILLIS = 5_000;

    private final ClientContext context;
    private final Settings settings;
    private final Session session;
    private final ConnectionListener listener;
    private final Backoff backoff;
    private final Heartbeat heartbeat;
    private final PendingRequests requests = new PendingRequests();

    private ConnectionState state = new ConnectionState.Stopped("closed", OptionalInt.empty());
    private FrameSocket socket;
    private boolean isLive;
    /** The token that the socket was opened with. */
    private String token = "";
    /** Whether a token was rejected although it seemed to be valid, and another one has been tried since. */
    private boolean isRenewedForRefusal;
    /** The time to reconnect after a drain, by the clock of the context; null if there was none. */
    private Long returnAt;
    /** Counts the openings, so that one that has waited for a token detects that it is out of date. */
    private int attempt;

    private ClientContext.Timer retry;
    private ClientContext.Timer stable;
    private ClientContext.Timer move;

    Connection(ClientContext context, Settings settings, Session session, ConnectionListener listener) {
        this.context = context;
        this.settings = settings;
        this.session = session;
        this.listener = listener;
        this.backoff = new Backoff(settings.backoff());
        this.heartbeat = new Heartbeat(
                context,
                settings.heartbeat(),
                () -> socket != null && socket.isHeldBack(),
                () -> socket.send(Map.of("type", "ping")),
                () -> lost(0, Optional.empty()));
    }

    ConnectionState state() {
        return state;
    }

    boolean isLive() {
        return isLive;
    }

    void start() {
        if (state instanceof ConnectionState.Stopped) {
            backoff.reset();
            isRenewedForRefusal = false;
            open();
        }
    }

    void stop(String reason, OptionalInt code) {
        attempt++;
        cancel(retry);
        drop(CloseCode.NORMAL);
        if (!(state instanceof ConnectionState.Stopped)) {
            become(new ConnectionState.Stopped(reason, code));
        }
    }

    /** To be called when there is another token. */
    void renewed() {
        if (isLive) {
            authenticate(socket);
        }
    }

    /** Sends a frame that gets a response, which may be an error; null if the connection ends before it. */
    void request(Map<String, ?> frame, Consumer<JsonNode> onAnswer) {
        if (isLive) {
            socket.send(requests.add(frame, onAnswer));
        } else {
            onAnswer.accept(null);
        }
    }

    /** Sends a frame that gets no response, or drops it without a connection. */
    void send(Map<String, ?> frame) {
        if (isLive) {
            socket.send(frame);
        }
    }

    @Override
    public void opened(FrameSocket opened) {
        if (opened == socket) {
            authenticate(opened);
        }
    }

    @Override
    public void received(FrameSocket from, JsonNode frame) {
        if (from != socket) {
            return;
        }
        heartbeat.heard();
        switch (frame.path("type").asText()) {
            case "welcome" -> welcome(frame);
            case "drain" -> drain(frame.path("reconnectAfterMs").asLong());
            default -> {
                if (!requests.answer(frame)) {
                    listener.event(frame);
                }
            }
        }
    }

    @Override
    public void closed(FrameSocket from, int code, Optional<Duration> retryAfter) {
        if (from == socket) {
            lost(code, retryAfter);
        }
    }

    private void open() {
        int current = ++attempt;
        cancel(retry);
        become(new ConnectionState.Connecting());
        context.whenDone(session.token(), (good, failure) -> {
            if (current != attempt) {
                return;
            }
            if (failure == null) {
                connect();
            } else if (failure instanceof HeliographException refusal && !refusal.isTransient()) {
                stop(refusal.code(), OptionalInt.empty());
            } else {
                waitFor(backoff.next());
            }
        });
    }

    private void connect() {
        socket = new FrameSocket(context, this);
        heartbeat.expect(WELCOME.toMillis());
        socket.open(settings.http(), settings.address(), WELCOME);
    }

    private void authenticate(FrameSocket to) {
        context.whenDone(session.token(), (good, failure) -> {
            // The server closes a socket without a valid token, which has the same consequences.
            if (failure == null && to == socket) {
                token = good;
                to.send(Map.of("type", "connect", "token", good));
            }
        });
    }

    private void welcome(JsonNode frame) {
        try {
            session.learnTime(
                    token, Instant.parse(frame.path("serverTime").asText()).toEpochMilli());
        } catch (DateTimeParseException unknown) {
            // Then nothing is learnt.
        }
        if (!isLive) {
            isLive = true;
            heartbeat.start();
            stable = context.schedule(STABLE_MILLIS, () -> {
                backoff.reset();
                isRenewedForRefusal = false;
            });
            become(new ConnectionState.Live());
            listener.live(frame);
        }
    }

    /** Uses the old connection until it is time to reconnect. */
    private void drain(long afterMillis) {
        returnAt = context.now() + afterMillis;
        cancel(move);
        move = context.schedule(afterMillis, () -> lost(CloseCode.DRAIN, Optional.empty()));
    }

    /** The connection has ended, with this code of the server; 0 if there is none. */
    private void lost(int code, Optional<Duration> retryAfter) {
        Long drainedUntil = returnAt;
        drop(code == 0 ? CloseCode.HEARTBEAT_MISSED : CloseCode.NORMAL);
        if (code == CloseCode.DRAIN && drainedUntil != null) {
            waitFor(Math.max(0, drainedUntil - context.now()));
        } else if (code == CloseCode.REVOKED) {
            stop(CloseCode.reason(code), OptionalInt.of(code));
            session.end(CloseCode.reason(code));
        } else if (code == CloseCode.TOKEN_EXPIRED || (code == CloseCode.UNAUTHENTICATED && !isRenewedForRefusal)) {
            isRenewedForRefusal |= code == CloseCode.UNAUTHENTICATED;
            comeBackWithAnotherToken();
        } else if (CloseCode.isFinal(code)) {
            stop(CloseCode.reason(code), OptionalInt.of(code));
        } else {
            if (code == CloseCode.TOO_MANY_CONNECTIONS) {
                backoff.atLeast(4);
            }
            long jitter = backoff.next();
            waitFor(retryAfter.map(wait -> wait.toMillis() + jitter / 4).orElse(jitter));
        }
    }

    private void comeBackWithAnotherToken() {
        int current = ++attempt;
        become(new ConnectionState.Connecting());
        // A failure occurs again in the next attempt, and is handled there.
        context.whenDone(session.renew(token), (nothing, failure) -> {
            if (current == attempt) {
                waitFor(backoff.next());
            }
        });
    }

    private void waitFor(long millis) {
        become(new ConnectionState.Waiting(Duration.ofMillis(millis)));
        cancel(retry);
        retry = context.schedule(millis, this::open);
    }

    /** Drops the socket, without waiting for the server, which may not be reachable. */
    private void drop(int code) {
        heartbeat.stop();
        cancel(stable);
        cancel(move);
        returnAt = null;
        isLive = false;
        if (socket != null) {
            FrameSocket given = socket;
            socket = null;
            given.close(code);
        }
        requests.end();
    }

    private void become(ConnectionState next) {
        state = next;
        listener.changed(next);
    }

    private static void cancel(ClientContext.Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
