package io.heliograph.gateway.admin;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.routing.Endpoint;

/** Something that operators ask or order below {@code /api/ops}: every bean of this type is one. */
public interface AdminResource {

    Endpoint endpoint();

    /** Answers a call, whose caller has the role of the route, at once or later on the same event loop. */
    void handle(Exchange exchange);
}
