package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheDirectives.RequestCacheControl;
import io.heliograph.gateway.cache.MemoryCache.Variants;
import io.heliograph.gateway.cache.RequestCoalescer.CoalescedFetch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import jakarta.inject.Singleton;

/** A memory cache in front of Redis. It returns no entry that is known to be purged. */
@Singleton
final class TieredCache {

    private final MemoryCache local;
    private final SharedCacheStore shared;
    private final PurgeLog log;
    private final PurgeBus bus;
    private final long maxPurgeLagMillis;

    TieredCache(MemoryCache local, SharedCacheStore shared, PurgeLog log, PurgeBus bus, CacheConfig config) {
        this.local = local;
        this.shared = shared;
        this.log = log;
        this.bus = bus;
        this.maxPurgeLagMillis = config.maxPurgeLag().toMillis();
    }

    /** The variants in memory; null if there are none. */
    Variants find(String key) {
        return local.find(key);
    }

    /** Looks up Redis and copies the entry to memory; null if there is none. Completes on the context of the caller. */
    Future<CacheEntry> findShared(CacheRequest cacheRequest, Context context) {
        Promise<CacheEntry> found = Promise.promise();
        shared.find(cacheRequest.key(), cacheRequest.headers())
                .onComplete(result -> context.runOnContext(ignored -> {
                    CacheEntry entry = result.result();
                    if (entry != null && !log.isPurgedInRedis(entry)) {
                        local.put(entry);
                        found.complete(log.isPurgedInRedis(entry) ? dropped(entry) : entry);
                    } else {
                        found.complete();
                    }
                }));
        return found.future();
    }

    /** How an entry may be used for a request with these headers. */
    Freshness.Usability usability(CacheEntry entry, MultiMap headers, RequestCacheControl control, long now) {
        Freshness freshness = entry.freshness();
        boolean foreign = !maySatisfy(entry, headers);
        boolean doubtful = freshness.ageMillis(now) > maxPurgeLagMillis && bus.isLagging();
        return foreign || doubtful ? Freshness.Usability.REVALIDATE : freshness.usability(control, now);
    }

    /**
     * Whether the entry may serve a request with these headers: one with credentials is served only by a shareable
     * entry.
     */
    static boolean maySatisfy(CacheEntry entry, MultiMap headers) {
        return entry.freshness().rules().shareable() || !CacheRequest.hasCredentials(headers);
    }

    /** The generation to read before a fetch starts, and to store with its response. */
    long generation() {
        return log.generation();
    }

    /** Stores the response of a fetch, unless it has been purged meanwhile. */
    boolean put(CacheEntry entry, CoalescedFetch fetch) {
        if (fetch.isInvalidated()) {
            return false;
        }
        local.put(entry);
        if (fetch.isInvalidated() || log.isPurged(entry)) {
            local.remove(entry);
            return false;
        }
        shared.put(entry, System.currentTimeMillis());
        return true;
    }

    void remove(CacheEntry entry) {
        local.remove(entry);
    }

    private CacheEntry dropped(CacheEntry entry) {
        local.remove(entry);
        return null;
    }
}
