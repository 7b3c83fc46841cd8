package io.heliograph.gateway.exchange;

import io.heliograph.gateway.routing.LocalFeature;

/** A part of the gateway that answers the calls of routes that are its own: every bean of this type is one. */
public interface LocalRouteHandler {

    LocalFeature feature();

    /** Answers, at once or later on the same event loop. */
    void handle(Exchange exchange);
}
