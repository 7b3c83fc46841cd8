package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.routing.Methods;
import jakarta.inject.Singleton;

/** Turns away methods that a route does not serve, once they have been counted: they cost no less than others. */
@Singleton
final class Serving implements Step {

    @Override
    public void take(Exchange exchange) {
        Methods methods = exchange.route().methods();
        if (methods.serve(exchange.method())) {
            exchange.proceed();
        } else {
            exchange.refuseMethod(methods.toString());
        }
    }
}
