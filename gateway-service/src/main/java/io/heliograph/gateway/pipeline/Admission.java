package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.security.Entitlement;
import io.heliograph.gateway.security.Identity;
import io.heliograph.gateway.ratelimit.Limits;
import io.heliograph.gateway.websocket.Turnstile;
import jakarta.inject.Singleton;
import java.util.List;

/** The steps that decide whether a request is let in, in their order; the one place to add another. */
@Singleton
final class Admission {

    private final List<Step> steps;

    Admission(Identity identity, Limits limits, Serving serving, Entitlement entitlement, Turnstile turnstile) {
        this.steps = List.of(identity, limits, serving, entitlement, turnstile);
    }

    List<Step> steps() {
        return steps;
    }
}
