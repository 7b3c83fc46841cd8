package io.heliograph.gateway.door;

import io.heliograph.gateway.client.ClientOrigin;
import io.heliograph.gateway.exchange.Step;
import jakarta.inject.Singleton;
import java.util.List;

/** The steps that find out what a request is, which refusals depend on too, in their order. */
@Singleton
final class Arrival {

    private final List<Step> steps;

    Arrival(ClientOrigin client, Routing routing, Serving serving) {
        this.steps = List.of(client, routing, serving);
    }

    List<Step> steps() {
        return steps;
    }
}
