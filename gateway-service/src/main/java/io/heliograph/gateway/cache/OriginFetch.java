package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheStatus.CacheResult;
import io.heliograph.gateway.cache.Freshness.FreshnessCalculator.FetchTimes;
import io.heliograph.gateway.cache.RequestCoalescer.CoalescedFetch;
import io.heliograph.gateway.cache.RequestCoalescer.CoalescedFetch.FetchResult;
import io.heliograph.gateway.cache.RequestCoalescer.HitForMissKeys;
import io.heliograph.gateway.cache.StorableResponse.OriginResponse;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.proxy.ProxyHeaders.InterimResponses;
import io.heliograph.gateway.proxy.UpstreamFailure;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchListener;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchResponse;
import io.heliograph.gateway.task.Task;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** A fetch from the upstream. It ends once: with a stored response, with one that is passed on, or with none. */
final class OriginFetch implements FetchListener {

    private static final int NOT_MODIFIED = 304;
    private static final int NO_CONTENT = 204;

    private final FetchContext context;
    private final FetchOwner owner;
    private final Task task;
    private final TieredCache cache;
    private final RequestCoalescer coalescer;
    private final HitForMissKeys hitForMiss;
    private final long sentMillis = System.currentTimeMillis();
    private OriginResponse response;
    private StorableResponse storable;

    OriginFetch(
            FetchContext context,
            FetchOwner owner,
            Task task,
            TieredCache cache,
            RequestCoalescer coalescer,
            HitForMissKeys hitForMiss) {
        this.context = context;
        this.owner = owner;
        this.task = task;
        this.cache = cache;
        this.coalescer = coalescer;
        this.hitForMiss = hitForMiss;
    }

    @Override
    public void onInterimResponse(int status, MultiMap headers) {
        if (owner != null) {
            InterimResponses.forward(owner.exchange(), status, headers);
        }
    }

    @Override
    public void onLatency(long nanos) {
        if (owner != null) {
            owner.exchange().upstreamResponded(nanos);
        }
    }

    @Override
    public int onHeaders(int status, MultiMap headers) {
        response = new OriginResponse(status, headers, new FetchTimes(sentMillis, System.currentTimeMillis()));
        if (isNotModified()) {
            return 0;
        }
        if (!hasKnownEnd()) {
            return NO_BUFFER;
        }
        if (isError() && mayReplaceError()) {
            return context.request().policy().maxEntryBytes();
        }
        storable = StorableResponse.of(context.request(), response, context.generation());
        return storable == null ? NO_BUFFER : context.request().policy().maxEntryBytes();
    }

    @Override
    public void onComplete(FetchResponse fetched) {
        task.succeeded();
        if (storable != null) {
            store(storable.entry(fetched.body()), CacheResult.STORED);
        } else if (!isNotModified()) {
            serveStale();
        } else {
            CacheEntry renewed =
                    StorableResponse.revalidated(context.request(), context.stale(), response, context.generation());
            if (renewed != null) {
                store(renewed, CacheResult.REVALIDATED);
            } else {
                removeStale();
            }
        }
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        task.failed(failure.reason());
        if (mayReplaceError()) {
            serveStale();
            return;
        }
        coalescer.complete(context.fetch(), new FetchResult.Failed(failure));
        if (owner != null) {
            owner.fail(failure);
        }
    }

    @Override
    public Exchange handOver() {
        task.succeeded();
        if (!isError() && response.status() != NOT_MODIFIED) {
            hitForMiss.add(context.request());
        }
        coalescer.complete(context.fetch(), new FetchResult.NotShareable());
        return owner == null ? null : owner.handOver();
    }

    private void store(CacheEntry entry, CacheResult result) {
        cache.put(entry, context.fetch());
        coalescer.complete(context.fetch(), new FetchResult.Stored(entry));
        if (owner != null) {
            owner.write(entry, result);
        }
    }

    /** Serves the stored response instead of the failure. */
    private void serveStale() {
        coalescer.complete(context.fetch(), new FetchResult.StaleOnError(context.stale()));
        if (owner != null) {
            owner.write(context.stale(), CacheResult.STALE_ON_ERROR);
        }
    }

    /** The stored response is still valid, but may not be stored any longer. */
    private void removeStale() {
        cache.remove(context.stale());
        coalescer.complete(context.fetch(), new FetchResult.NotShareable());
        if (owner != null) {
            owner.forward();
        }
    }

    private boolean isNotModified() {
        return response.status() == NOT_MODIFIED && context.stale() != null;
    }

    private boolean isError() {
        int status = response.status();
        return status == 500 || status == 502 || status == 503 || status == 504;
    }

    private boolean mayReplaceError() {
        return context.stale() != null
                && context.stale().freshness().mayServeOnError(context.request().control(), System.currentTimeMillis());
    }

    /** Whether the end of the body is known: a body that ends with its connection may be incomplete. */
    private boolean hasKnownEnd() {
        return response.status() == NO_CONTENT
                || response.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || response.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /**
     * The context of a fetch.
     *
     * @param stale the stored entry to revalidate; null if there is none
     * @param generation the latest purge that was known when the fetch began
     */
    record FetchContext(CacheRequest request, CacheEntry stale, CoalescedFetch fetch, long generation) {}

    /** The request that started the fetch, and to which its result is written. */
    record FetchOwner(Exchange exchange, String reason, CachedResponseWriter writer) {

        void write(CacheEntry entry, CacheResult result) {
            writer.write(exchange, entry, result, reason);
        }

        /** Forwards the request itself to the service. */
        void forward() {
            writer.forward(exchange, CacheResult.MISS, reason);
        }

        void fail(UpstreamFailure failure) {
            writer.fail(exchange, failure, reason);
        }

        /** The exchange to which the response is streamed; null if the client has disconnected. */
        Exchange handOver() {
            if (exchange.response().closed()) {
                exchange.finish(Outcome.ABORTED);
                return null;
            }
            writer.prepareForward(exchange, CacheResult.MISS, reason);
            return exchange;
        }
    }
}
