package io.heliograph.gateway.admin;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.routing.Route.Endpoint;

/** An operation below {@code /api/ops}. Every bean of this type is registered. */
public interface AdminResource {

    Endpoint endpoint();

    /** Answers a call, whose caller has the role of the route, at once or later on the same event loop. */
    void handle(Exchange exchange);
}
