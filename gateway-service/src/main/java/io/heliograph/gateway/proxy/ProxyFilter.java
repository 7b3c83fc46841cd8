package io.heliograph.gateway.proxy;

import io.heliograph.gateway.exchange.BodyLength;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.RequestFilter;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.websocket.TunnelRegistry;
import io.heliograph.gateway.websocket.WebSocketUpgrade;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** The last step: carries the request to an instance of its upstream and the answer back. */
@Singleton
public final class ProxyFilter implements RequestFilter {

    private final Calls calls;
    private final TunnelRegistry tunnels;

    ProxyFilter(Calls calls, TunnelRegistry tunnels) {
        this.calls = calls;
        this.tunnels = tunnels;
    }

    @Override
    public void filter(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (BodyLength.of(request) > exchange.route().maxBody()) {
            exchange.reject(Problem.BODY_TOO_LARGE);
        } else {
            new ProxiedExchange(this, exchange, WebSocketUpgrade.isRequested(request)).start();
        }
    }

    Calls calls() {
        return calls;
    }

    TunnelRegistry tunnels() {
        return tunnels;
    }
}
