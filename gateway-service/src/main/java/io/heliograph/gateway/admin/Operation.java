package io.heliograph.gateway.admin;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.routing.Call;

/** Something that operators ask or order below {@code /api/ops}: every bean of this type is one. */
public interface Operation {

    Call call();

    /** Answers a call, whose caller has the role of the route, at once or later on the same event loop. */
    void run(Exchange exchange);
}
