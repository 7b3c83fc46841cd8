package io.heliograph.gateway.door;

import io.heliograph.gateway.client.ClientOrigin;
import io.heliograph.gateway.exchange.Step;
import jakarta.inject.Singleton;
import java.util.List;

/** The steps that come before any refusal, since refusals depend on them too, in their order. */
@Singleton
final class Arrival {

    private final List<Step> steps;

    Arrival(ClientOrigin client) {
        this.steps = List.of(client);
    }

    List<Step> steps() {
        return steps;
    }
}
