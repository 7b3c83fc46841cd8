package io.heliograph.gateway.cache;

import java.util.Locale;

/** What the cache did for a request, as the label of a metric. */
enum CacheResult {
    /** Given from memory. */
    HIT,
    /** Given from Redis, where another gateway had put it. */
    SHARED,
    /** Given although it was stale, while the service is asked for a newer one. */
    STALE,
    /** Given although it was stale, since the service failed. */
    STALE_ON_ERROR,
    /** The service was asked, and said that what is stored still holds. */
    REVALIDATED,
    /** The service was asked, and its answer stored. */
    STORED,
    /** Given what another request had brought. */
    COLLAPSED,
    /** The service was asked, and nothing stored. */
    MISS,
    /** Of a kind that the cache leaves to the service. */
    BYPASS;

    private final String label = name().toLowerCase(Locale.ROOT);

    String label() {
        return label;
    }
}
