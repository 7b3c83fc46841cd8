package io.heliograph.gateway.exchange;

import java.util.List;

/** What all exchanges have in common: the steps they take in turn, and who hears of them. */
public record Passage(List<Step> steps, ExchangeMetrics metrics, List<Witness> witnesses) {

    void began(Exchange exchange) {
        metrics.started();
        // By index: an iterator for each request would be garbage for nothing.
        for (int i = 0; i < witnesses.size(); i++) {
            witnesses.get(i).began(exchange);
        }
    }

    void ended(Exchange exchange, String outcome, int status) {
        metrics.finished(exchange.route(), exchange.method(), status, outcome, exchange.ageNanos());
        for (int i = 0; i < witnesses.size(); i++) {
            witnesses.get(i).ended(exchange, outcome, status);
        }
    }
}
