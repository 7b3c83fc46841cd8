package io.heliograph.gateway.routing;

import java.util.List;
import java.util.Set;

/**
 * Which calls of a route are let in.
 *
 * @param publicCalls those that need no token, whatever {@code access} says
 * @param role the caller must have it; null for whoever has access
 */
record AccessPolicy(
        AllowedMethods methods, Access access, Set<Endpoint> publicCalls, String role, List<RateLimitPolicy> limits) {}
