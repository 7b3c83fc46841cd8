package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheStatus.CacheResult;
import io.heliograph.gateway.cache.Freshness.Usability;
import io.heliograph.gateway.cache.OriginFetch.FetchContext;
import io.heliograph.gateway.cache.OriginFetch.FetchOwner;
import io.heliograph.gateway.cache.RequestCoalescer.CoalescedFetch;
import io.heliograph.gateway.cache.RequestCoalescer.CoalescedFetch.FetchResult;
import io.heliograph.gateway.cache.RequestCoalescer.HitForMissKeys;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.proxy.ProxyHeaders;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;

/**
 * Handles requests without a usable entry in memory. The first of several concurrent requests looks up Redis and then
 * fetches from the upstream; the others wait for its result.
 */
@Singleton
final class CacheMissHandler {

    private final TieredCache cache;
    private final RequestCoalescer coalescer;
    private final HitForMissKeys hitForMiss;
    private final OriginFetcher origin;
    private final CachedResponseWriter writer;

    CacheMissHandler(
            TieredCache cache,
            RequestCoalescer coalescer,
            HitForMissKeys hitForMiss,
            OriginFetcher origin,
            CachedResponseWriter writer) {
        this.cache = cache;
        this.coalescer = coalescer;
        this.hitForMiss = hitForMiss;
        this.origin = origin;
        this.writer = writer;
    }

    /** @param known a stored entry to revalidate; null if there is none */
    void handle(Exchange exchange, CacheRequest cacheRequest, CacheEntry known) {
        String reason = reason(cacheRequest, known);
        if (cacheRequest.control().onlyIfCached()) {
            writeSharedOrReject(exchange, cacheRequest, reason);
        } else if (HttpMethod.HEAD.equals(exchange.method())
                || cacheRequest.control().noStore()) {
            writer.forward(exchange, CacheResult.MISS, reason);
        } else if (known == null && hitForMiss.contains(cacheRequest)) {
            writer.forward(exchange, CacheResult.MISS, reason);
        } else {
            fetchOrJoin(exchange, cacheRequest, known, reason);
        }
    }

    /** Revalidates an entry in the background. */
    void revalidateInBackground(Exchange exchange, CacheRequest cacheRequest, CacheEntry known) {
        CoalescedFetch fetch = coalescer.start(RequestCoalescer.key(cacheRequest, cache.find(cacheRequest.key())));
        if (fetch != null) {
            // The fetch may outlive the exchange.
            FetchContext context = new FetchContext(cacheRequest, known, fetch, cache.generation());
            origin.fetch(context, ProxyHeaders.forUpstream(exchange), null);
        }
    }

    private void fetchOrJoin(Exchange exchange, CacheRequest cacheRequest, CacheEntry known, String reason) {
        Context context = Vertx.currentContext();
        boolean alone = cacheRequest.control().noCache()
                || (known != null && known.freshness().rules().mustRevalidate());
        CoalescedFetch fetch = alone
                ? coalescer.startExclusive(cacheRequest.key())
                : coalescer.join(
                        RequestCoalescer.key(cacheRequest, cache.find(cacheRequest.key())),
                        context,
                        result -> onFetchResult(exchange, cacheRequest, result, reason));
        if (fetch == null) {
            return;
        }
        MultiMap headers = ProxyHeaders.forUpstream(exchange);
        FetchOwner owner = new FetchOwner(exchange, reason, writer);
        if (alone) {
            origin.fetch(new FetchContext(cacheRequest, known, fetch, cache.generation()), headers, owner);
            return;
        }
        long generation = cache.generation();
        cache.findShared(cacheRequest, context).onSuccess(found -> {
            CacheEntry best = newer(known, found);
            if (found != null && best == found && isUsable(found, cacheRequest)) {
                coalescer.complete(fetch, new FetchResult.Stored(found));
                owner.write(found, CacheResult.SHARED);
            } else {
                origin.fetch(new FetchContext(cacheRequest, best, fetch, generation), headers, owner);
            }
        });
    }

    /** Handles the result of the fetch that this request waited for. */
    private void onFetchResult(Exchange exchange, CacheRequest cacheRequest, FetchResult result, String reason) {
        if (result instanceof FetchResult.Stored stored && isUsable(stored.entry(), cacheRequest)) {
            writer.write(exchange, stored.entry(), CacheResult.COLLAPSED, reason);
        } else if (result instanceof FetchResult.Failed failed) {
            writer.fail(exchange, failed.failure(), reason);
        } else if (result instanceof FetchResult.StaleOnError instead
                && mayReplaceError(instead.entry(), cacheRequest)) {
            writer.write(exchange, instead.entry(), CacheResult.STALE_ON_ERROR, reason);
        } else {
            writer.forward(exchange, CacheResult.MISS, reason);
        }
    }

    private void writeSharedOrReject(Exchange exchange, CacheRequest cacheRequest, String reason) {
        cache.findShared(cacheRequest, Vertx.currentContext()).onSuccess(found -> {
            if (found != null && isUsable(found, cacheRequest)) {
                writer.write(exchange, found, CacheResult.SHARED, reason);
            } else {
                writer.reject(exchange, Problem.NOT_CACHED, reason);
            }
        });
    }

    private boolean isUsable(CacheEntry entry, CacheRequest cacheRequest) {
        return isFor(entry, cacheRequest)
                && cache.usability(entry, cacheRequest.headers(), cacheRequest.control(), System.currentTimeMillis())
                        != Usability.REVALIDATE;
    }

    private static boolean mayReplaceError(CacheEntry entry, CacheRequest cacheRequest) {
        return isFor(entry, cacheRequest)
                && entry.freshness().mayServeOnError(cacheRequest.control(), System.currentTimeMillis());
    }

    private static boolean isFor(CacheEntry entry, CacheRequest cacheRequest) {
        return TieredCache.maySatisfy(entry, cacheRequest.headers())
                && entry.identity().vary().match(entry.identity().values(), cacheRequest.headers());
    }

    private String reason(CacheRequest cacheRequest, CacheEntry known) {
        if (known != null) {
            boolean fresh = known.freshness().isFresh(System.currentTimeMillis());
            return fresh ? CacheStatus.REQUEST : CacheStatus.STALE;
        }
        return cache.find(cacheRequest.key()) == null ? CacheStatus.URI_MISS : CacheStatus.VARY_MISS;
    }

    private static CacheEntry newer(CacheEntry known, CacheEntry found) {
        if (known == null || found == null) {
            return known == null ? found : known;
        }
        return found.freshness().createdMillis() > known.freshness().createdMillis() ? found : known;
    }
}
