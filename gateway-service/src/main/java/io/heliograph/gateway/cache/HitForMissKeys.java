package io.heliograph.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Addresses whose responses turned out not to be shareable (hit-for-miss). Requests for them are not coalesced for a
 * while, since one could not use the response to another.
 */
@Singleton
final class HitForMissKeys {

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
