package io.heliograph.gateway.live;

import io.heliograph.gateway.live.LiveTransport.EventStreamTransport;
import io.heliograph.gateway.live.WatchRequest.InvalidRequest;
import io.heliograph.gateway.live.WatchRequest.LiveSubscription;
import io.heliograph.gateway.pipeline.Drain;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.pipeline.LocalRouteFilter.LocalRouteHandler;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.pipeline.RequestHead;
import io.heliograph.gateway.routing.Route.LocalFeature;
import io.heliograph.gateway.websocket.WebSocketLimitFilter;
import io.heliograph.http.UpgradedRequest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;

/** Opens a stream at {@code /api/live}, as a WebSocket or as server-sent events. */
@Singleton
final class LiveHandler implements LocalRouteHandler {

    /** The length of 16 bytes in base64. */
    private static final int KEY_LENGTH = 24;

    private static final String EVENT_STREAM = "text/event-stream";

    private final Vertx vertx;
    private final Watchers watchers;
    private final WebSocketLimitFilter sockets;
    private final Drain drain;

    LiveHandler(Vertx vertx, Watchers watchers, WebSocketLimitFilter sockets, Drain drain) {
        this.vertx = vertx;
        this.watchers = watchers;
        this.sockets = sockets;
        this.drain = drain;
    }

    @Override
    public LocalFeature feature() {
        return LocalFeature.LIVE;
    }

    @Override
    public void handle(Exchange exchange) {
        boolean upgrade = RequestHead.isWebSocketUpgrade(exchange.request());
        String accept = exchange.request().getHeader(HttpHeaders.ACCEPT);
        if (!upgrade && (accept == null || !accept.contains(EVENT_STREAM))) {
            exchange.reject(
                    Problem.NOT_ACCEPTABLE,
                    "This is a stream: open a WebSocket, or ask for it with Accept: " + EVENT_STREAM + ".");
            return;
        }
        Problem refusal = refusal(exchange, upgrade);
        if (refusal != null) {
            exchange.reject(refusal);
            return;
        }
        try {
            LiveSubscription subscription =
                    LiveSubscription.of(exchange.request().params());
            if (upgrade) {
                openSocket(exchange, subscription);
            } else {
                openEventStream(exchange, subscription);
            }
        } catch (InvalidRequest invalid) {
            exchange.reject(Problem.INVALID_REQUEST, invalid.getMessage() + ".");
        }
    }

    private Problem refusal(Exchange exchange, boolean upgrade) {
        if (exchange.caller() == null) {
            return upgrade ? null : Problem.UNAUTHENTICATED;
        }
        if (!watchers.authentication().mayWatch(exchange.caller())) {
            return Problem.FORBIDDEN;
        }
        if (drain.isUnderWay()) {
            return Problem.DRAINING;
        }
        return watchers.isFull() ? Problem.TOO_MANY_WATCHERS : null;
    }

    private void openSocket(Exchange exchange, LiveSubscription subscription) {
        if (!isHandshake(exchange.request())) {
            exchange.reject(Problem.INVALID_REQUEST, "This is no WebSocket handshake of version 13.");
            return;
        }
        exchange.addMetadata(exchange.response().headers());
        Runnable release = sockets.keepSlot(exchange);
        exchange.request()
                .toWebSocket()
                .onSuccess(socket -> {
                    UpgradedRequest.end(exchange.request());
                    exchange.finish(Outcome.UPGRADED);
                    new WatcherSocket(vertx, watchers, socket, subscription, release).open(exchange.caller());
                })
                .onFailure(failure -> {
                    release.run();
                    exchange.finish(Outcome.ABORTED);
                });
    }

    private static boolean isHandshake(HttpServerRequest request) {
        String key = request.getHeader("Sec-WebSocket-Key");
        return key != null && key.length() == KEY_LENGTH && "13".equals(request.getHeader("Sec-WebSocket-Version"));
    }

    private void openEventStream(Exchange exchange, LiveSubscription subscription) {
        HttpServerResponse response = exchange.response();
        response.headers().set(HttpHeaders.CONTENT_TYPE, EVENT_STREAM).set(HttpHeaders.CACHE_CONTROL, "no-store");
        // Disables the buffering of nginx.
        response.headers().set("X-Accel-Buffering", "no");
        exchange.addMetadata(response.headers());
        if (HttpMethod.HEAD.equals(exchange.method())) {
            response.end();
            exchange.finish(Outcome.ANSWERED);
            return;
        }
        exchange.request().resume();
        response.setChunked(true).write(EventStreamTransport.BEGINNING.copy());
        // The stream does not count as a slow request.
        exchange.finish(Outcome.ANSWERED);
        Watcher watcher = new Watcher(vertx, watchers, new EventStreamTransport(response), subscription);
        response.exceptionHandler(broken -> watcher.ended());
        if (exchange.request().version() != HttpVersion.HTTP_2) {
            // With HTTP/2 UnsentResponseLimiter uses this handler; the watcher detects the close by its checks.
            response.closeHandler(closed -> watcher.ended());
        }
        watcher.connect(exchange.caller());
    }
}
