package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.cache.Caching;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.proxy.Forwarding;
import jakarta.inject.Singleton;
import java.util.List;

/** The steps that may answer a request that was let in, in their order; the one place to add another. */
@Singleton
final class Answering {

    private final List<Step> steps;

    Answering(Served served, Caching caching, Forwarding forwarding) {
        this.steps = List.of(served, caching, forwarding);
    }

    List<Step> steps() {
        return steps;
    }
}
