package io.heliograph.message.websocket;

import io.heliograph.auth.Caller;
import io.heliograph.auth.TokenException;
import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.delivery.OutboundQueue;
import io.heliograph.message.identity.CallerResolver;
import io.heliograph.message.limit.RateLimit;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.message.websocket.SessionTimeouts.Timed;
import io.heliograph.rest.problem.ExceptionClassifier;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** One socket, from the upgrade to its close. Used only on its event loop, except where a method says otherwise. */
final class Session implements OpenSession, Timed {

    /** The state of the socket. */
    private sealed interface State {

        /** Not yet authenticated. */
        record Unauthenticated() implements State {}

        record Connected(Caller caller) implements State {}

        record Closed() implements State {}
    }

    private final ServerWebSocket socket;
    private final SessionRegistry registry;
    private final SessionTimeouts timeouts;
    private final CallerResolver callers;
    private final UserProfiles profiles;
    private final RateLimit sendLimit;
    private final SocketConfig config;
    private final String id = UUID.randomUUID().toString();
    private final EventLoop loop;
    private final OutboundQueue out;
    private final ResponseWriter responses;
    private final ClientRequestHandler handler;
    private final MessageAssembler assembler;
    private final InFlightLimit inFlight;
    private final MalformedFrames malformedFrames;
    private final SessionClock clock;

    private volatile boolean draining;
    private State state = new State.Unauthenticated();
    /** Whether the latest token is being verified, or could not be verified. */
    private boolean undecided;

    Session(
            HttpConnection connection,
            ServerWebSocket socket,
            SessionRegistry registry,
            SessionTimeouts timeouts,
            LiveDelivery delivery,
            ClientRequestHandlerFactory handlers,
            CallerResolver callers,
            UserProfiles profiles,
            RateLimit sendLimit,
            SocketConfig config) {
        this.socket = socket;
        this.registry = registry;
        this.timeouts = timeouts;
        this.callers = callers;
        this.profiles = profiles;
        this.sendLimit = sendLimit;
        this.config = config;
        this.out = delivery.outbound((ConnectionBase) connection, () -> close(CloseCode.TOO_SLOW));
        this.loop = out.loop();
        this.responses = new ResponseWriter(out);
        this.inFlight = new InFlightLimit(socket, config.maxInFlight());
        this.handler = handlers.create(responses, inFlight);
        this.assembler = new MessageAssembler(config.maxFrameBytes());
        this.malformedFrames = new MalformedFrames(config);
        double phase = ThreadLocalRandom.current().nextDouble();
        this.clock = new SessionClock(config.heartbeat(), phase, config.connectTimeout(), timeouts.nanoTime());
    }

    /** {@code authorization} is the header of the upgrade, or null; then a {@code connect} has to arrive in time. */
    void open(String authorization) {
        socket.closeHandler(closed -> closed());
        socket.exceptionHandler(this::broken);
        socket.drainHandler(drained -> out.drained());
        socket.pongHandler(pong -> clock.lifeSeen());
        socket.frameHandler(this::receive);
        registry.add(this);
        timeouts.add(loop, this);
        if (authorization != null) {
            authenticate(null, callers.byAuthorization(authorization));
        }
    }

    @Override
    public boolean check(long nanoTime) {
        if (state instanceof State.Closed) {
            return false;
        }
        switch (clock.due(nanoTime)) {
            case NOTHING -> {}
            case PING -> socket.writePing(Buffer.buffer());
            case SILENT -> close(CloseCode.HEARTBEAT_MISSED);
            case OVERDUE -> close(whyOverdue());
        }
        return true;
    }

    private CloseCode whyOverdue() {
        if (state instanceof State.Connected) {
            return CloseCode.TOKEN_EXPIRED;
        }
        return undecided ? CloseCode.UNAVAILABLE : CloseCode.UNAUTHENTICATED;
    }

    @Override
    public void announceDrain() {
        loop.execute(() -> {
            draining = true;
            if (!(state instanceof State.Closed)) {
                long spread = config.drainSpread().toMillis();
                out.send(ServerFrames.drain(ThreadLocalRandom.current().nextLong(spread + 1)));
            }
        });
    }

    @Override
    public void drain() {
        if (!draining) {
            announceDrain();
        }
        loop.execute(() -> close(CloseCode.DRAIN));
    }

    @Override
    public void recheck() {
        loop.execute(() -> {
            if (state instanceof State.Connected connected && registry.isRevoked(connected.caller())) {
                close(CloseCode.REVOKED);
            }
        });
    }

    @Override
    public long outboundBytes() {
        return out.waitingBytes();
    }

    /**
     * Sends the close frame and nothing after it. While the replica drains every close is a drain: the client
     * reconnects to another replica, which closes it again if the reason still applies.
     */
    void close(CloseCode why) {
        if (!(state instanceof State.Closed)) {
            CloseCode code = registry.isDraining() ? CloseCode.DRAIN : why;
            closed();
            registry.closed(code);
            socket.close(code.code(), code.reason());
        }
    }

    /** Closes after a violation of the WebSocket protocol; a lost connection needs no close frame. */
    private void broken(Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException && registry.isDraining()) {
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
        clock.lifeSeen();
        out.asked();
        try {
            Buffer message = assembler.add(frame);
            if (message != null) {
                receive(ClientRequestParser.parse(message));
            }
        } catch (RequestException rejected) {
            reject(rejected);
        }
    }

    private void receive(ClientRequest request) throws RequestException {
        if (request instanceof ClientRequest.Connect connect) {
            authenticate(connect.id(), callers.byToken(connect.token()));
        } else if (request instanceof ClientRequest.Ping ping) {
            out.send(ServerFrames.pong(ping.id()));
        } else if (state instanceof State.Connected connected) {
            handle(request, connected);
        } else {
            throw RequestException.refused(request.id(), "unauthenticated", "connect first");
        }
    }

    private void handle(ClientRequest request, State.Connected connected) throws RequestException {
        if (request.costsQueries() && !sendLimit.admits(connected.caller().id(), 1)) {
            throw RequestException.refused(request.id(), "rate_limited", "too many requests a second");
        } else if (request instanceof ClientRequest.Join && draining) {
            throw RequestException.refused(
                    request.id(), "draining", "this replica is going away; another one takes over");
        }
        handler.handle(request, connected.caller());
    }

    private void reject(RequestException rejected) {
        out.send(ServerFrames.error(rejected.id(), rejected.code(), rejected.getMessage()));
        if (rejected.isMalformed() && malformedFrames.isOneTooMany()) {
            close(CloseCode.PROTOCOL_ABUSE);
        }
    }

    /** Stops reading until the token is verified, since the next frames are requests of its caller. */
    private void authenticate(String request, Future<Caller> verification) {
        undecided = true;
        inFlight.hold();
        responses.await(verification, done -> {
            inFlight.release();
            undecided = done.cause() instanceof TokenException refused
                    && refused.reason().isUnavailable();
            if (done.succeeded()) {
                connected(request, done.result());
            } else if (done.cause() instanceof TokenException refused) {
                responses.error(request, ExceptionClassifier.classify(refused));
                // A client is not closed permanently while its token cannot be verified.
                switch (refused.reason()) {
                    case KEYS_UNAVAILABLE, USERS_UNAVAILABLE -> {}
                    case TOKEN_REVOKED -> close(CloseCode.REVOKED);
                    case UNAUTHENTICATED, INVALID_TOKEN -> close(CloseCode.UNAUTHENTICATED);
                }
            }
        });
    }

    /** Accepts the first token, or a new one of the same user. */
    private void connected(String request, Caller caller) {
        if (state instanceof State.Connected before) {
            if (before.caller().id().equals(caller.id())) {
                registry.removeCaller(before.caller(), this);
                welcome(request, new State.Connected(caller));
            } else {
                reject(RequestException.refused(request, "invalid_token", "the token belongs to another user"));
            }
            return;
        }
        if (registry.addUser(caller.id())) {
            welcome(request, new State.Connected(caller));
            handler.connected(caller.id());
        } else {
            close(CloseCode.TOO_MANY_CONNECTIONS);
        }
    }

    private void welcome(String request, State.Connected connected) {
        state = connected;
        clock.deadline(Duration.between(Instant.now(), connected.caller().expiresAt()), timeouts.nanoTime());
        out.send(ServerFrames.welcome(request, id, profiles.sender(connected.caller()), config));
        registry.addCaller(connected.caller(), this);
        // After the indexing, because a revocation between the verification and the indexing has been missed.
        recheck();
    }

    private void closed() {
        if (!(state instanceof State.Closed)) {
            if (state instanceof State.Connected connected) {
                registry.removeUser(connected.caller().id());
                registry.removeCaller(connected.caller(), this);
            }
            state = new State.Closed();
            handler.close();
            responses.close();
            out.close();
            registry.remove(this);
        }
    }
}
