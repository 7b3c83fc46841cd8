package io.heliograph.gateway.cache;

/**
 * What the service is asked, for whom, and what for.
 *
 * @param stale what is stored and may still hold; null if nothing is
 * @param generation the latest purge that was known before it was asked
 */
record FetchContext(CacheRequest request, CacheEntry stale, CoalescedFetch fetch, long generation) {}
