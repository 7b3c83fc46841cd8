package io.heliograph.gateway.cache;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.proxy.Failure;

/** The one whose request made the cache ask the service: it gets whatever comes of that. */
record Leader(Exchange exchange, String reason, Replies replies) {

    void give(Entry entry, Result result) {
        replies.give(exchange, entry, result, reason);
    }

    /** On its own way, to ask the service once more. */
    void pass() {
        replies.pass(exchange, Result.MISS, reason);
    }

    void fail(Failure failure) {
        replies.fail(exchange, failure, reason);
    }

    /** The exchange, to get the answer of the service as it comes; null if nobody is there to take it. */
    Exchange taker() {
        if (exchange.response().closed()) {
            exchange.finish(Outcome.ABORTED);
            return null;
        }
        replies.prepare(exchange, Result.MISS, reason);
        return exchange;
    }
}
