package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.routing.Route.LocalFeature;

/** Handles the requests of routes that the gateway serves itself. Every bean of this type is registered. */
public interface LocalRouteHandler {

    LocalFeature feature();

    /** Responds, at once or later on the same event loop. */
    void handle(Exchange exchange);
}
