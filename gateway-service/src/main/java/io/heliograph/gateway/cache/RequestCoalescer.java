package io.heliograph.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.gateway.cache.MemoryCache.Variants;
import io.heliograph.gateway.cache.RequestCoalescer.CoalescedFetch.FetchResult;
import io.heliograph.gateway.proxy.UpstreamFailure;
import io.vertx.core.Context;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Coalesces concurrent requests for the same response into one fetch. */
@Singleton
final class RequestCoalescer {

    /** Separates the cache key from the values of the {@code Vary} headers; not part of any key. */
    private static final char VARIANT = '\n';

    private static final AtomicLong EXCLUSIVE = new AtomicLong();

    private final Map<String, CoalescedFetch> inFlight = new ConcurrentHashMap<>();

    /** The key by which requests are coalesced; {@code stored} is null if the {@code Vary} headers are unknown. */
    static String key(CacheRequest cacheRequest, Variants stored) {
        if (stored == null || stored.vary().isEmpty()) {
            return cacheRequest.key();
        }
        StringBuilder key = new StringBuilder(cacheRequest.key());
        for (String value : stored.vary().values(cacheRequest.headers())) {
            key.append(VARIANT).append(value);
        }
        return key.toString();
    }

    /**
     * Joins the fetch in flight and returns null; or starts a new one, which the caller has to {@linkplain #complete
     * complete}.
     */
    CoalescedFetch join(String key, Context context, Consumer<FetchResult> arrival) {
        while (true) {
            CoalescedFetch started = new CoalescedFetch(key);
            CoalescedFetch other = inFlight.putIfAbsent(key, started);
            if (other == null) {
                return started;
            }
            if (other.join(context, arrival)) {
                return null;
            }
            inFlight.remove(key, other);
        }
    }

    /** Starts a fetch without a waiting request; null if one is in flight. */
    CoalescedFetch start(String key) {
        CoalescedFetch started = new CoalescedFetch(key);
        return inFlight.putIfAbsent(key, started) == null ? started : null;
    }

    void complete(CoalescedFetch fetch, FetchResult result) {
        inFlight.remove(fetch.key(), fetch);
        fetch.complete(result);
    }

    /** Starts a fetch that no request can join. */
    CoalescedFetch startExclusive(String key) {
        CoalescedFetch started = new CoalescedFetch(key + VARIANT + VARIANT + EXCLUSIVE.incrementAndGet());
        inFlight.put(started.key(), started);
        return started;
    }

    /**
     * No request joins the fetches of this key any more, and their responses are not stored, since they may be
     * outdated.
     */
    void invalidate(String key) {
        inFlight.values().removeIf(fetch -> isOf(fetch.key(), key) && markInvalidated(fetch));
    }

    void invalidateAll() {
        inFlight.values().removeIf(RequestCoalescer::markInvalidated);
    }

    private static boolean isOf(String fetchKey, String key) {
        return fetchKey.startsWith(key)
                && (fetchKey.length() == key.length() || fetchKey.charAt(key.length()) == VARIANT);
    }

    private static boolean markInvalidated(CoalescedFetch fetch) {
        fetch.invalidate();
        return true;
    }

    /** A fetch and the requests that wait for its result, each on its own event loop. */
    static final class CoalescedFetch {

        /** The result for the requests that wait. */
        sealed interface FetchResult {

            /** The response was stored. */
            record Stored(CacheEntry entry) implements FetchResult {}

            /** There is no response. */
            record Failed(UpstreamFailure failure) implements FetchResult {}

            /** There is no response, and this stale entry may be served instead. */
            record StaleOnError(CacheEntry entry) implements FetchResult {}

            /** The response is not shareable: each request has to fetch on its own. */
            record NotShareable() implements FetchResult {}
        }

        private record Waiter(Context context, Consumer<FetchResult> arrival) {}

        private final String key;
        private final List<Waiter> waiters = new ArrayList<>(1);
        private boolean completed;
        private volatile boolean invalidated;

        CoalescedFetch(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }

        /** Returns false if the fetch has completed already. */
        synchronized boolean join(Context context, Consumer<FetchResult> arrival) {
            if (!completed) {
                waiters.add(new Waiter(context, arrival));
            }
            return !completed;
        }

        /** A purge has invalidated it: its response serves the waiting requests, but is not stored. */
        void invalidate() {
            invalidated = true;
        }

        boolean isInvalidated() {
            return invalidated;
        }

        void complete(FetchResult result) {
            for (Waiter waiter : close()) {
                waiter.context().runOnContext(ignored -> waiter.arrival().accept(result));
            }
        }

        private synchronized List<Waiter> close() {
            completed = true;
            return waiters;
        }
    }

    /**
     * Addresses whose responses turned out not to be shareable (hit-for-miss). Requests for them are not coalesced for
     * a
     * while, since one could not use the response to another.
     */
    @Singleton
    static final class HitForMissKeys {

        /** How long requests for an address whose responses have become shareable are still not coalesced. */
        private static final Duration TTL = Duration.ofSeconds(10);

        private final Cache<String, Boolean> keys = Caffeine.newBuilder()
                .expireAfterWrite(TTL)
                .maximumSize(10_000)
                .executor(Runnable::run)
                .build();

        boolean contains(CacheRequest cacheRequest) {
            return keys.getIfPresent(key(cacheRequest)) != null;
        }

        void add(CacheRequest cacheRequest) {
            keys.put(key(cacheRequest), Boolean.TRUE);
        }

        void remove(CacheRequest cacheRequest) {
            keys.invalidate(key(cacheRequest));
        }

        /** A response that is not shareable with credentials may be shareable without. */
        private static String key(CacheRequest cacheRequest) {
            return cacheRequest.hasCredentials() ? cacheRequest.key() + '\n' : cacheRequest.key();
        }
    }
}
