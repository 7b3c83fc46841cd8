package io.heliograph.gateway.proxy;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.server.InterimAnswer;
import io.vertx.core.MultiMap;

/** Passes on what a service says before its answer (RFC 9110, 15.2). */
public final class Interim {

    private Interim() {}

    /** Nothing once the head of the answer has gone out. */
    public static void pass(Exchange exchange, int status, MultiMap headers) {
        if (!exchange.response().headWritten() && !exchange.response().closed()) {
            MultiMap passing = MultiMap.caseInsensitiveMultiMap();
            Headers.copyAnswer(headers, passing);
            InterimAnswer.write(exchange.request(), status, passing);
        }
    }
}
