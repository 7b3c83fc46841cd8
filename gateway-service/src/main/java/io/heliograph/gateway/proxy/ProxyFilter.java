package io.heliograph.gateway.proxy;

import io.heliograph.gateway.pipeline.BodyLength;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.pipeline.RequestFilter;
import io.heliograph.gateway.websocket.TunnelRegistry;
import io.heliograph.gateway.websocket.WebSocketUpgrade;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Forwards the request to an instance of its upstream and the response back. The last filter. */
@Singleton
public final class ProxyFilter implements RequestFilter {

    private final RetryingCallFactory calls;
    private final TunnelRegistry tunnels;

    ProxyFilter(RetryingCallFactory calls, TunnelRegistry tunnels) {
        this.calls = calls;
        this.tunnels = tunnels;
    }

    @Override
    public void filter(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (BodyLength.of(request) > exchange.route().maxBody()) {
            exchange.reject(Problem.BODY_TOO_LARGE);
        } else {
            new ProxiedExchange(calls, tunnels, exchange, WebSocketUpgrade.isRequested(request)).start();
        }
    }
}
