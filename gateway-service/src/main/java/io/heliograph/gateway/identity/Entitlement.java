package io.heliograph.gateway.identity;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import jakarta.inject.Singleton;

/** Turns away who needs a token and shows no good one. */
@Singleton
public final class Entitlement implements Step {

    @Override
    public void take(Exchange exchange) {
        if (exchange.denial() != null) {
            exchange.refuse(exchange.denial());
        } else {
            exchange.proceed();
        }
    }
}
