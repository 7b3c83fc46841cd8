package io.heliograph.gateway.forward;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.ExchangeMetrics;
import io.heliograph.gateway.exchange.Outcome;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.Http1xClientConnection;
import io.vertx.core.net.NetSocket;

/**
 * A WebSocket that both ends have agreed on, as bytes: frames, close codes and extensions are none of the gateway's
 * business. Neither side is read faster than the other takes it, and neither outlives the other.
 */
final class Tunnel {

    /** What one end has sent may still be on its way to the other when it closes; then the other closes too. */
    private static final long LINGER_MILLIS = 10_000;

    private final Exchange exchange;
    private final ExchangeMetrics metrics;
    private final Vertx vertx;

    Tunnel(Exchange exchange, ExchangeMetrics metrics, Vertx vertx) {
        this.exchange = exchange;
        this.metrics = metrics;
        this.vertx = vertx;
    }

    /** Asks a service to switch protocols; its headers are set but for those that ask. */
    static void request(HttpClientRequest upstream) {
        upstream.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        upstream.putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
        upstream.connect();
    }

    /** The service has agreed; only now is the client told so. */
    void open(HttpClientRequest upstream, HttpClientResponse answer) {
        NetSocket service = detach(upstream);
        if (exchange.response().closed()) {
            service.close();
            exchange.finish(Outcome.ABORTED);
            return;
        }
        MultiMap headers = exchange.response().headers();
        Headers.copyAnswer(exchange, answer.headers(), headers);
        headers.set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE).set(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
        exchange.request()
                .toNetSocket()
                .onSuccess(client -> join(client, service))
                .onFailure(failure -> service.close());
        exchange.finish(Outcome.TUNNELLED);
    }

    /**
     * The socket under the request, which is not read until it has a reader. The public way to it,
     * {@code answer.netSocket()}, never reports what it has written in Vert.x 4.5, so that a pipe stops for good after
     * 64 KB. This one must be taken before anything follows the head of the answer, which is now.
     */
    private static NetSocket detach(HttpClientRequest upstream) {
        return ((Http1xClientConnection) upstream.connection()).toNetSocket().pause();
    }

    private void join(NetSocket client, NetSocket service) {
        metrics.tunnelOpened();
        client.closeHandler(closed -> {
            metrics.tunnelClosed();
            vertx.setTimer(LINGER_MILLIS, timer -> service.close());
        });
        service.closeHandler(closed -> vertx.setTimer(LINGER_MILLIS, timer -> client.close()));
        service.pipeTo(client).onFailure(failure -> service.close());
        client.pipeTo(service).onFailure(failure -> client.close());
    }
}
