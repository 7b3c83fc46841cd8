package io.heliograph.gateway.cache;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.proxy.UpstreamFailure;

/** The one whose request made the cache ask the service: it gets whatever comes of that. */
record FetchOwner(Exchange exchange, String reason, CachedResponseWriter writer) {

    void write(CacheEntry entry, CacheResult result) {
        writer.write(exchange, entry, result, reason);
    }

    /** On its own way, to ask the service once more. */
    void forward() {
        writer.forward(exchange, CacheResult.MISS, reason);
    }

    void fail(UpstreamFailure failure) {
        writer.fail(exchange, failure, reason);
    }

    /** The exchange, to get the answer of the service as it comes; null if nobody is there to take it. */
    Exchange handOver() {
        if (exchange.response().closed()) {
            exchange.finish(Outcome.ABORTED);
            return null;
        }
        writer.prepareForward(exchange, CacheResult.MISS, reason);
        return exchange;
    }
}
