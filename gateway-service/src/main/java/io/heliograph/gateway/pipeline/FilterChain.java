package io.heliograph.gateway.pipeline;

import java.util.List;

/** The filters that an exchange passes, in order, and the listeners of its start and end. */
public record FilterChain(List<RequestFilter> filters, ExchangeMetrics metrics, List<ExchangeListener> listeners) {

    void started(Exchange exchange) {
        metrics.started();
        // By index: an iterator for each request would be garbage for nothing.
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).started(exchange);
        }
    }

    void finished(Exchange exchange, String outcome, int status) {
        metrics.finished(exchange.route(), exchange.method(), status, outcome, exchange.elapsedNanos());
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).finished(exchange, outcome, status);
        }
    }
}
