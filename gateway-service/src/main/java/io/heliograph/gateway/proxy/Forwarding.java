package io.heliograph.gateway.proxy;

import io.heliograph.gateway.exchange.BodyLength;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.websocket.Tunnels;
import io.heliograph.gateway.websocket.Upgrade;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** The last step: carries the request to an instance of its upstream and the answer back. */
@Singleton
public final class Forwarding implements Step {

    private final Calls calls;
    private final Tunnels tunnels;

    Forwarding(Calls calls, Tunnels tunnels) {
        this.calls = calls;
        this.tunnels = tunnels;
    }

    @Override
    public void take(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (BodyLength.of(request) > exchange.route().maxBody()) {
            exchange.refuse(Problem.BODY_TOO_LARGE);
        } else {
            new Transfer(this, exchange, Upgrade.isAsked(request)).start();
        }
    }

    Calls calls() {
        return calls;
    }

    Tunnels tunnels() {
        return tunnels;
    }
}
