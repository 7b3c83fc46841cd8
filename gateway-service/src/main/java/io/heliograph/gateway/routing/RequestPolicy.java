package io.heliograph.gateway.routing;

/**
 * How a call that was let in is served.
 *
 * @param cache null if answers are not cached
 * @param maxBody of the request, in bytes
 */
record RequestPolicy(CachePolicy cache, RouteTimeouts timeouts, long maxBody) {}
