package io.heliograph.gateway.route;

/**
 * What of a route's answers may be kept beyond what they say themselves.
 *
 * @param freshMillis how long an answer stays fresh that does not say; 0 for not at all
 */
public record CachePolicy(long freshMillis) {}
