package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.heliograph.gateway.routing.AllowedMethods;
import io.heliograph.gateway.routing.RequestConfig;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.routing.Routes;
import io.vertx.core.MultiMap;
import jakarta.inject.Singleton;
import java.util.Map;

/** Finds the route. Rejects requests that are too large, have an ambiguous path, or have no route. */
@Singleton
public final class RoutingFilter implements RequestFilter {

    private final Routes routes;
    private final int maxUri;
    private final int maxHeaders;

    RoutingFilter(Routes routes, RequestConfig config) {
        this.routes = routes;
        this.maxUri = config.maxUri();
        this.maxHeaders = config.maxHeaders();
    }

    @Override
    public void filter(Exchange exchange) {
        if (exchange.request().uri().length() > maxUri) {
            exchange.reject(Problem.URI_TOO_LONG);
        } else if (exceed(exchange.request().headers(), maxHeaders)) {
            exchange.reject(Problem.HEADERS_TOO_LARGE);
        } else if (RequestPath.isAmbiguous(exchange.path())) {
            exchange.reject(Problem.AMBIGUOUS_PATH);
        } else {
            route(exchange);
        }
    }

    /** Whether all headers together are longer than {@code limit} characters. */
    private static boolean exceed(MultiMap headers, int limit) {
        int size = 0;
        for (Map.Entry<String, String> header : headers) {
            size += header.getKey().length() + header.getValue().length();
        }
        return size > limit;
    }

    private void route(Exchange exchange) {
        Route route = routes.table().find(exchange.path());
        if (route == null) {
            exchange.reject(Problem.NOT_FOUND);
        } else {
            exchange.route(route);
            exchange.proceed();
        }
    }

    /**
     * Rejects methods that the route does not allow. It comes after the rate limits, since such a request costs no less.
     */
    @Singleton
    public static final class MethodFilter implements RequestFilter {

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
}
