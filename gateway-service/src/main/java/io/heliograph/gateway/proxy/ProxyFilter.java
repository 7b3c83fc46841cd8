package io.heliograph.gateway.proxy;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.pipeline.RequestHead;
import io.heliograph.gateway.server.UploadWindows;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.heliograph.gateway.websocket.TunnelRegistry;
import io.heliograph.http.UpgradedRequest;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import jakarta.inject.Singleton;

/** Forwards the request to an instance of its upstream and the response back. The last filter. */
@Singleton
public final class ProxyFilter implements RequestFilter {

    private final RetryingCallFactory calls;
    private final TunnelRegistry tunnels;
    private final UploadWindows windows;

    ProxyFilter(RetryingCallFactory calls, TunnelRegistry tunnels, UploadWindows windows) {
        this.calls = calls;
        this.tunnels = tunnels;
        this.windows = windows;
    }

    @Override
    public void filter(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (RequestHead.bodyLength(request) > exchange.route().maxBody()) {
            exchange.reject(Problem.BODY_TOO_LARGE);
        } else {
            new ProxiedExchange(calls, tunnels, windows, exchange, RequestHead.isWebSocketUpgrade(request)).start();
        }
    }

    /** The WebSocket handshake between a client and an upstream. */
    static final class WebSocketHandshake {

        private WebSocketHandshake() {}

        /** Sends the upgrade request to a service. All other headers have been set. */
        static void send(UpstreamRequest upstream) {
            upstream.headers()
                    .set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                    .set(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
            upstream.end();
        }

        /** The service has accepted the upgrade: responds to the client with {@code 101} and connects both. */
        static void complete(
                Exchange exchange, UpstreamRequest upstream, UpstreamResponse response, TunnelRegistry tunnels) {
            NetSocket service = upstream.detach();
            if (exchange.response().closed()) {
                service.close();
                exchange.finish(Outcome.ABORTED);
                return;
            }
            MultiMap headers = exchange.response().headers();
            ProxyHeaders.copyResponse(exchange, response.headers(), headers);
            headers.set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE).set(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
            Future<NetSocket> client = exchange.request().toNetSocket();
            client.onSuccess(upgraded -> UpgradedRequest.end(exchange.request()));
            tunnels.connect(exchange, client, service);
            exchange.finish(Outcome.UPGRADED);
        }
    }
}
