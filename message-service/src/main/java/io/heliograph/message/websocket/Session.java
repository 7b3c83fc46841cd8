package io.heliograph.message.websocket;

import io.heliograph.message.delivery.OutboundQueue;
import io.heliograph.message.limit.TokenBucket;
import io.heliograph.message.problem.Diagnosis;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.token.Caller;
import io.heliograph.message.token.TokenRefused;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * One socket, from the upgrade to its close. Everything happens on the event loop of the socket; what is answered from
 * elsewhere comes back to it first.
 */
final class Session {

    /** Where a socket stands. */
    private sealed interface State {

        /** Not yet known to us. */
        record Greeting() implements State {}

        record Connected(Caller caller) implements State {}

        record Closed() implements State {}
    }

    private static final int FORGIVEN_A_SECOND = 1;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final Backend backend;
    private final SessionRegistry sessions;
    private final String id = UUID.randomUUID().toString();
    private final EventLoop loop;
    private final OutboundQueue out;
    private final ClientRequestHandler conversation;
    private final MessageAssembler incoming;
    private final InFlightLimit workload;
    private final TokenBucket mistakes;
    private final Heartbeat heartbeat;

    private volatile boolean draining;
    private State state = new State.Greeting();
    private long deadline;
    /** Whether the latest token is still being checked, or could not be. */
    private boolean undecided;

    Session(Vertx vertx, HttpConnection connection, ServerWebSocket socket, Backend backend, SessionRegistry sessions) {
        this.vertx = vertx;
        this.socket = socket;
        this.backend = backend;
        this.sessions = sessions;
        this.out = backend.live().delivery().outbound((ConnectionBase) connection, () -> close(CloseCode.TOO_SLOW));
        this.loop = out.loop();
        this.workload = new InFlightLimit(socket, backend.config().maxInFlight());
        this.conversation = new ClientRequestHandler(this, backend, out, loop, new RoomRequestQueue(workload));
        this.incoming = new MessageAssembler(backend.config().maxFrameBytes());
        this.mistakes = new TokenBucket(FORGIVEN_A_SECOND, backend.config().maxBadFrames(), System::nanoTime);
        this.heartbeat = new Heartbeat(
                vertx,
                backend.config().heartbeat(),
                () -> socket.writePing(Buffer.buffer()),
                () -> close(CloseCode.HEARTBEAT_MISSED));
        this.deadline = timer(
                backend.config().connectTimeout(),
                () -> close(undecided ? CloseCode.UNAVAILABLE : CloseCode.UNAUTHENTICATED));
    }

    /** {@code authorization} is the header of the upgrade, or null; then a {@code connect} has to come in time. */
    void open(String authorization) {
        socket.closeHandler(closed -> closed());
        socket.exceptionHandler(this::broken);
        socket.drainHandler(drained -> out.drained());
        socket.pongHandler(pong -> heartbeat.lifeSeen());
        socket.frameHandler(this::receive);
        sessions.add(this);
        if (authorization != null) {
            authenticate(null, backend.callers().byAuthorization(authorization));
        }
    }

    /** From any thread: asks the client to come back elsewhere, which it may do at once. */
    void announceDrain() {
        loop.execute(() -> {
            draining = true;
            if (!(state instanceof State.Closed)) {
                long spread = backend.config().drainSpread().toMillis();
                out.send(ServerFrames.drain(ThreadLocalRandom.current().nextLong(spread + 1)));
            }
        });
    }

    /** From any thread: closes, after having announced it. */
    void drain() {
        if (!draining) {
            announceDrain();
        }
        loop.execute(() -> close(CloseCode.DRAIN));
    }

    /** From any thread: closes if the caller has been revoked, who by now may be here by another session. */
    void recheck() {
        loop.execute(() -> {
            if (state instanceof State.Connected connected && sessions.isRevoked(connected.caller())) {
                close(CloseCode.REVOKED);
            }
        });
    }

    /** From any thread: how much waits for the reader. */
    long outboundBytes() {
        return out.waitingBytes();
    }

    /**
     * Sends nothing more but the close. While the replica drains every close is a drain: the client comes back to another
     * replica, which closes it again if the reason is still there.
     */
    void close(CloseCode why) {
        if (!(state instanceof State.Closed)) {
            CloseCode code = sessions.isDraining() ? CloseCode.DRAIN : why;
            closed();
            sessions.closed(code);
            socket.close(code.code(), code.reason());
        }
    }

    void error(String request, Throwable failure) {
        Refusal refusal = Diagnosis.of(failure);
        out.send(ServerFrames.error(request, refusal.code(), refusal.getMessage()));
    }

    /** Runs {@code next} here with what became of this, unless the socket is closed by then; completes here afterwards. */
    <T> Future<Void> await(Future<T> work, Consumer<Future<T>> next) {
        Promise<Void> answered = Promise.promise();
        work.onComplete(done -> loop.execute(() -> {
            try {
                if (!(state instanceof State.Closed)) {
                    next.accept(work);
                }
            } finally {
                answered.complete();
            }
        }));
        return answered.future();
    }

    /** A violation of the WebSocket protocol; of a connection that was merely lost nothing is said. */
    private void broken(Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException && sessions.isDraining()) {
            close(CloseCode.DRAIN);
            out.flush();
        } else if (failure instanceof CorruptedWebSocketFrameException violation) {
            closed();
            socket.close(
                    (short) violation.closeStatus().code(),
                    violation.closeStatus().reasonText());
            out.flush();
        }
    }

    private void receive(WebSocketFrame frame) {
        heartbeat.lifeSeen();
        out.asked();
        try {
            Buffer message = incoming.add(frame);
            if (message != null) {
                receive(ClientRequestParser.parse(message));
            }
        } catch (RequestException bad) {
            bad(bad);
        }
    }

    private void receive(ClientRequest request) throws RequestException {
        if (request instanceof ClientRequest.Connect connect) {
            authenticate(connect.id(), backend.callers().byToken(connect.token()));
        } else if (request instanceof ClientRequest.Ping ping) {
            out.send(ServerFrames.pong(ping.id()));
        } else if (state instanceof State.Connected connected) {
            answer(request, connected);
        } else {
            throw RequestException.refused(request.id(), "unauthenticated", "connect first");
        }
    }

    private void answer(ClientRequest request, State.Connected connected) throws RequestException {
        if (request.costsQueries()
                && !backend.budget().admits(connected.caller().id(), 1)) {
            throw RequestException.refused(request.id(), "rate_limited", "too many requests a second");
        } else if (request instanceof ClientRequest.Join && draining) {
            throw RequestException.refused(request.id(), "draining", "this replica is going away; another one takes over");
        }
        conversation.answer(request, connected.caller());
    }

    private void bad(RequestException bad) {
        out.send(ServerFrames.error(bad.id(), bad.code(), bad.getMessage()));
        if (bad.isMalformed() && !mistakes.admits()) {
            close(CloseCode.PROTOCOL_ABUSE);
        }
    }

    /** What the client sends meanwhile is not read: it is of the caller whom this names. */
    private void authenticate(String request, Future<Caller> verification) {
        undecided = true;
        workload.hold();
        await(verification, done -> {
            workload.release();
            undecided = done.cause() instanceof TokenRefused refused
                    && refused.reason().isUnavailable();
            if (done.succeeded()) {
                connected(request, done.result());
            } else if (done.cause() instanceof TokenRefused refused) {
                error(request, refused.refusal());
                // Nobody is turned away for good while we cannot find out who it is.
                switch (refused.reason()) {
                    case KEYS_UNAVAILABLE, USERS_UNAVAILABLE -> {}
                    case TOKEN_REVOKED -> close(CloseCode.REVOKED);
                    case UNAUTHENTICATED, INVALID_TOKEN -> close(CloseCode.UNAUTHENTICATED);
                }
            }
        });
    }

    /** The first time, or with a fresh token of the same person. */
    private void connected(String request, Caller caller) {
        if (state instanceof State.Connected before) {
            if (before.caller().id().equals(caller.id())) {
                sessions.release(before.caller(), this);
                welcome(request, new State.Connected(caller));
            } else {
                bad(RequestException.refused(request, "invalid_token", "the token is of somebody else"));
            }
            return;
        }
        if (sessions.enter(caller.id())) {
            welcome(request, new State.Connected(caller));
        } else {
            close(CloseCode.TOO_MANY_CONNECTIONS);
        }
    }

    private void welcome(String request, State.Connected connected) {
        state = connected;
        vertx.cancelTimer(deadline);
        Duration life = Duration.between(Instant.now(), connected.caller().expiresAt());
        deadline = timer(life, () -> close(CloseCode.TOKEN_EXPIRED));
        out.send(ServerFrames.welcome(request, id, backend.live().people().sender(connected.caller()), backend.config()));
        sessions.hold(connected.caller(), this);
        // Once it hears of revocations: one that came after the token was verified has been missed.
        recheck();
    }

    private void closed() {
        if (!(state instanceof State.Closed)) {
            if (state instanceof State.Connected connected) {
                sessions.leave(connected.caller().id());
                sessions.release(connected.caller(), this);
            }
            state = new State.Closed();
            vertx.cancelTimer(deadline);
            heartbeat.stop();
            conversation.end();
            out.close();
            sessions.remove(this);
        }
    }

    private long timer(Duration delay, Runnable action) {
        return vertx.setTimer(Math.max(1, delay.toMillis()), timer -> loop.execute(action));
    }
}
