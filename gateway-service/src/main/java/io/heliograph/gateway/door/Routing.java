package io.heliograph.gateway.door;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.route.RequestConfig;
import io.heliograph.gateway.route.RequestPath;
import io.heliograph.gateway.route.Route;
import io.heliograph.gateway.route.Routes;
import jakarta.inject.Singleton;

/** Finds the route, and turns away what has none or cannot be trusted to have only one. */
@Singleton
final class Routing implements Step {

    private final Routes routes;
    private final int maxUri;

    Routing(Routes routes, RequestConfig config) {
        this.routes = routes;
        this.maxUri = config.maxUri();
    }

    @Override
    public void take(Exchange exchange) {
        if (exchange.request().uri().length() > maxUri) {
            exchange.refuse(Problem.URI_TOO_LONG);
        } else if (RequestPath.isAmbiguous(exchange.path())) {
            exchange.refuse(Problem.AMBIGUOUS_PATH);
        } else {
            route(exchange);
        }
    }

    private void route(Exchange exchange) {
        Route route = routes.table().find(exchange.path());
        if (route == null) {
            exchange.refuse(Problem.NOT_FOUND);
        } else {
            exchange.route(route);
            exchange.proceed();
        }
    }
}
