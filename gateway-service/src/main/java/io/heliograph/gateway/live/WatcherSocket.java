package io.heliograph.gateway.live;

import io.heliograph.auth.Caller;
import io.heliograph.gateway.live.LiveFrames.LiveCloseCode;
import io.heliograph.gateway.live.LiveTransport.SocketTransport;
import io.heliograph.gateway.live.WatchRequest.InvalidRequest;
import io.heliograph.gateway.live.WatchRequest.LiveSubscription;
import io.heliograph.gateway.live.Watchers.WatcherAuthentication;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/** Handles the frames of a watcher with a WebSocket. Used on the event loop of the socket. */
final class WatcherSocket {

    /** The number of malformed frames after which the socket is closed; each valid frame offsets one. */
    private static final int MAX_INVALID_FRAMES = 50;

    private static final int MAX_ID = 128;

    private final Vertx vertx;
    private final Context context;
    private final Watchers watchers;
    private final ServerWebSocket socket;
    private final Watcher watcher;
    private final Runnable release;
    private long connectTimer;
    private int invalidFrames;
    /** Whether the verification of the latest token is pending or was not possible. */
    private boolean undecided;

    /** @param release is called once the socket is closed */
    WatcherSocket(
            Vertx vertx, Watchers watchers, ServerWebSocket socket, LiveSubscription subscription, Runnable release) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.watchers = watchers;
        this.socket = socket;
        this.release = release;
        this.watcher = new Watcher(vertx, watchers, new SocketTransport(socket), subscription);
    }

    /** @param caller null if the upgrade request had no token; then a {@code connect} frame must arrive in time */
    void open(Caller caller) {
        socket.closeHandler(closed -> closed());
        socket.exceptionHandler(broken -> watcher.onActivity());
        socket.pongHandler(pong -> watcher.onActivity());
        socket.drainHandler(drained -> socket.resume());
        socket.textMessageHandler(this::receive);
        socket.binaryMessageHandler(
                binary -> onInvalidFrame(null, new InvalidRequest("invalid_json", "a frame is one JSON object")));
        long timeoutMillis = watchers.config().connectTimeout().toMillis();
        connectTimer = vertx.setTimer(
                timeoutMillis,
                late -> watcher.close(undecided ? LiveCloseCode.UNAVAILABLE : LiveCloseCode.UNAUTHENTICATED));
        if (caller != null) {
            connected(null, caller);
        }
    }

    private void closed() {
        vertx.cancelTimer(connectTimer);
        watcher.ended();
        release.run();
    }

    private void receive(String frame) {
        watcher.onActivity();
        Object id = null;
        try {
            JsonObject json = WatchRequest.json(frame);
            id = id(json);
            handle(id, WatchRequest.of(json));
            invalidFrames = Math.max(0, invalidFrames - 1);
        } catch (InvalidRequest invalid) {
            onInvalidFrame(id, invalid);
        }
        if (!socket.isClosed() && socket.writeQueueFull()) {
            // The watcher sends requests and does not read the responses.
            socket.pause();
        }
    }

    private static Object id(JsonObject frame) throws InvalidRequest {
        Object id = frame.getValue("id");
        boolean valid = id == null
                || id instanceof Integer
                || id instanceof Long
                || (id instanceof String text && text.length() <= MAX_ID);
        if (!valid) {
            throw new InvalidRequest("id must be an integer or text of up to " + MAX_ID + " characters");
        }
        return id;
    }

    private void handle(Object id, WatchRequest request) throws InvalidRequest {
        if (request instanceof WatchRequest.Connect connect) {
            authenticate(id, connect.token());
        } else if (request instanceof WatchRequest.Ping) {
            watcher.respond(LiveFrames.pong(id));
        } else if (request instanceof WatchRequest.Subscribe subscribe) {
            watcher.subscribe(subscribe.subscription());
            watcher.respond(LiveFrames.subscribed(id));
        }
    }

    private void onInvalidFrame(Object id, InvalidRequest invalid) {
        watcher.respond(LiveFrames.error(id, invalid.code(), invalid.getMessage()));
        if (++invalidFrames > MAX_INVALID_FRAMES) {
            watcher.close(LiveCloseCode.PROTOCOL_ABUSE);
        }
    }

    /** Verifies a token. The socket is paused meanwhile, so that there is one verification at a time. */
    private void authenticate(Object id, String token) {
        undecided = true;
        socket.pause();
        watchers.authentication()
                .verify(token)
                .onComplete(verified -> context.runOnContext(ignored -> {
                    if (watcher.isClosed()) {
                        return;
                    }
                    socket.resume();
                    if (verified.succeeded()) {
                        undecided = false;
                        admit(id, verified.result());
                    } else {
                        LiveCloseCode refusal = WatcherAuthentication.refusal(verified.cause());
                        watcher.respond(LiveFrames.error(id, "invalid_token", "the token could not be verified"));
                        if (refusal != null) {
                            watcher.close(refusal);
                        }
                    }
                }));
    }

    private void admit(Object id, Caller caller) {
        LiveCloseCode refusal = watchers.authentication().refusal(caller);
        if (!watcher.mayBecome(caller)) {
            onInvalidFrame(id, new InvalidRequest("invalid_token", "the token belongs to another user"));
        } else if (refusal == null) {
            connected(id, caller);
        } else {
            watcher.respond(LiveFrames.error(id, refusal.label(), "the token does not admit to this stream"));
            watcher.close(refusal);
        }
    }

    private void connected(Object id, Caller caller) {
        vertx.cancelTimer(connectTimer);
        watcher.respond(LiveFrames.welcome(id));
        watcher.connect(caller);
    }
}
