package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.security.ClientOrigin;
import io.heliograph.gateway.security.Hsts;
import io.heliograph.gateway.security.Cors;
import io.heliograph.gateway.exchange.Step;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;

/** The steps that find out what a request is, which refusals depend on too, in their order. */
@Singleton
final class Arrival {

    private final List<Step> steps;

    private final Hsts hsts;

    Arrival(ClientOrigin client, Hsts hsts, Cors cors, Routing routing) {
        this.steps = List.of(client, hsts, cors, routing);
        this.hsts = hsts;
    }

    List<Step> steps() {
        return steps;
    }

    /** What of it goes for pages too, which take no steps. */
    void protect(HttpServerRequest request) {
        hsts.protect(request);
    }
}
