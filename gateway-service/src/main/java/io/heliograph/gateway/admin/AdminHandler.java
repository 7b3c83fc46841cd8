package io.heliograph.gateway.admin;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.LocalRouteFilter.LocalRouteHandler;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.routing.AllowedMethods;
import io.heliograph.gateway.routing.Route.Endpoint;
import io.heliograph.gateway.routing.Route.LocalFeature;
import io.quarkus.arc.All;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Dispatches a request below {@code /api/ops} to its {@link AdminResource}. */
@Singleton
public final class AdminHandler implements LocalRouteHandler {

    private final Map<Endpoint, AdminResource> resources = new HashMap<>();

    AdminHandler(@All List<AdminResource> operations) {
        operations.forEach(resource -> this.resources.put(resource.endpoint(), resource));
    }

    @Override
    public LocalFeature feature() {
        return LocalFeature.OPS;
    }

    @Override
    public void handle(Exchange exchange) {
        HttpMethod method = HttpMethod.HEAD.equals(exchange.method()) ? HttpMethod.GET : exchange.method();
        AdminResource resource = resources.get(new Endpoint(method, exchange.path()));
        if (resource != null) {
            resource.handle(exchange);
            return;
        }
        List<HttpMethod> others = resources.keySet().stream()
                .filter(endpoint -> endpoint.path().equals(exchange.path()))
                .map(Endpoint::method)
                .toList();
        if (others.isEmpty()) {
            exchange.reject(Problem.NOT_FOUND);
        } else {
            exchange.rejectMethod(AllowedMethods.of(others).toString());
        }
    }

    /** An operation below {@code /api/ops}. Every bean of this type is registered. */
    public interface AdminResource {

        Endpoint endpoint();

        /** Responds to a call whose caller has the role of the route, at once or later on the same event loop. */
        void handle(Exchange exchange);
    }
}
