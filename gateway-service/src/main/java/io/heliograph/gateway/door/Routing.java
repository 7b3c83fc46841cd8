package io.heliograph.gateway.door;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.forward.RequestConfig;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.route.RequestPath;
import io.heliograph.gateway.route.Route;
import io.heliograph.gateway.route.RouteTable;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.Set;

/** The first step: finds the route, and turns away what has none or cannot be trusted to have only one. */
@Singleton
final class Routing implements Step {

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private final RouteTable routes;
    private final int maxUri;

    Routing(RouteTable routes, RequestConfig config) {
        this.routes = routes;
        this.maxUri = config.maxUri();
    }

    @Override
    public void take(Exchange exchange) {
        if (exchange.request().uri().length() > maxUri) {
            exchange.refuse(Problem.URI_TOO_LONG);
        } else if (RequestPath.isAmbiguous(exchange.path())) {
            exchange.refuse(Problem.AMBIGUOUS_PATH);
        } else if (!METHODS.contains(exchange.method())) {
            exchange.refuse(Problem.METHOD_NOT_ALLOWED);
        } else {
            route(exchange);
        }
    }

    private void route(Exchange exchange) {
        Route route = routes.find(exchange.path());
        if (route == null) {
            exchange.refuse(Problem.NOT_FOUND);
        } else {
            exchange.route(route);
            exchange.proceed();
        }
    }
}
