package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.RequestFilter;
import io.heliograph.gateway.routing.AllowedMethods;
import jakarta.inject.Singleton;

/** Turns away methods that a route does not serve, once they have been counted: they cost no less than others. */
@Singleton
final class MethodFilter implements RequestFilter {

    @Override
    public void filter(Exchange exchange) {
        AllowedMethods methods = exchange.route().methods();
        if (methods.allows(exchange.method())) {
            exchange.proceed();
        } else {
            exchange.rejectMethod(methods.toString());
        }
    }
}
