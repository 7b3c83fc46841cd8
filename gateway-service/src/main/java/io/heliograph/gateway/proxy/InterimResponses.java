package io.heliograph.gateway.proxy;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.server.InterimResponseWriter;
import io.vertx.core.MultiMap;

/** Forwards interim responses (RFC 9110, 15.2). */
public final class InterimResponses {

    private InterimResponses() {}

    /** Nothing once the head of the answer has gone out. */
    public static void forward(Exchange exchange, int status, MultiMap headers) {
        if (!exchange.response().headWritten() && !exchange.response().closed()) {
            MultiMap passing = MultiMap.caseInsensitiveMultiMap();
            ProxyHeaders.copyResponse(headers, passing);
            InterimResponseWriter.write(exchange.request(), status, passing);
        }
    }
}
