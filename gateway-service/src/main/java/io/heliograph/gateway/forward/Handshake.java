package io.heliograph.gateway.forward;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.tunnel.Tunnels;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.Http1xClientConnection;
import io.vertx.core.net.NetSocket;

/** The agreement of a service and a client to speak WebSocket. */
final class Handshake {

    private Handshake() {}

    /** Asks a service to switch protocols; its headers are set but for those that ask. */
    static void ask(HttpClientRequest upstream) {
        upstream.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        upstream.putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
        upstream.connect();
    }

    /** The service has agreed; only now is the client told so. */
    static void complete(Exchange exchange, HttpClientRequest upstream, HttpClientResponse answer, Tunnels tunnels) {
        NetSocket service = detach(upstream);
        if (exchange.response().closed()) {
            service.close();
            exchange.finish(Outcome.ABORTED);
            return;
        }
        MultiMap headers = exchange.response().headers();
        Headers.copyAnswer(exchange, answer.headers(), headers);
        headers.set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE).set(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
        tunnels.join(exchange, exchange.request().toNetSocket(), service);
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
}
