package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.heliograph.gateway.routing.Route.LocalFeature;
import io.heliograph.gateway.routing.Route.RouteTarget.LocalTarget;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Passes requests of local routes to their {@link LocalRouteHandler}. */
@Singleton
public final class LocalRouteFilter implements RequestFilter {

    private final Map<LocalFeature, LocalRouteHandler> handlers = new EnumMap<>(LocalFeature.class);

    LocalRouteFilter(@All List<LocalRouteHandler> targets) {
        targets.forEach(handler -> this.handlers.put(handler.feature(), handler));
    }

    @Override
    public void filter(Exchange exchange) {
        if (!(exchange.route().target() instanceof LocalTarget local)) {
            exchange.proceed();
            return;
        }
        LocalRouteHandler handler = handlers.get(local.feature());
        if (handler == null) {
            exchange.reject(Problem.NOT_FOUND);
        } else {
            handler.handle(exchange);
        }
    }

    /** Handles the requests of routes that the gateway serves itself. Every bean of this type is registered. */
    public interface LocalRouteHandler {

        LocalFeature feature();

        /** Responds, at once or later on the same event loop. */
        void handle(Exchange exchange);
    }
}
