package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.routing.AllowedMethods;
import jakarta.inject.Singleton;

/**
 * Rejects methods that the route does not allow. It comes after the rate limits, since such a request costs no less.
 */
@Singleton
public final class MethodFilter implements RequestFilter {

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
