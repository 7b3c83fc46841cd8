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

    /** Between an address and what answers to it differ by; in no address. */
    private static final char VARIANT = '\n';

    private static final AtomicLong EXCLUSIVE = new AtomicLong();

    private final Map<String, CoalescedFetch> inFlight = new ConcurrentHashMap<>();

    /** What requests must have in common to wait for one answer; {@code vary} may be null if nothing is known yet. */
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

    /** Waits for the one under way; null if it does, else a new one, which the caller has to see land. */
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

    /** Nobody joins those to this address any more, and nothing they bring is stored: it may be out of date. */
    void invalidate(String key) {
        inFlight.values().removeIf(fetch -> isOf(fetch.key(), key) && markInvalidated(fetch));
    }

    void invalidateAll() {
        inFlight.values().removeIf(RequestCoalescer::markInvalidated);
    }

    private static boolean isOf(String flightKey, String key) {
        return flightKey.startsWith(key)
                && (flightKey.length() == key.length() || flightKey.charAt(key.length()) == VARIANT);
    }

    private static boolean markInvalidated(CoalescedFetch fetch) {
        fetch.invalidate();
        return true;
    }

    /** A fetch and the requests that wait for its result, each on its own event loop. */
    static final class CoalescedFetch {

        /** The result for the requests that wait. */
        sealed interface FetchResult {

            /** The answer is stored. */
            record Stored(CacheEntry entry) implements FetchResult {}

            /** There is none. */
            record Failed(UpstreamFailure failure) implements FetchResult {}

            /** There is none, and this one, which is stale, may stand in for it. */
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

        /** False if it is too late for that. */
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
     * Addresses whose responses turned out not to be shareable (hit-for-miss). Requests for them are not coalesced for a
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
