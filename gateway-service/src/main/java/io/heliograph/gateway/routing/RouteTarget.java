package io.heliograph.gateway.routing;

import io.heliograph.gateway.upstream.Upstream;

/** Who answers the calls of a route. */
public sealed interface RouteTarget {

    /** A service. Instead of the first {@code cut} characters of a path it gets {@code put}; nearly always none. */
    record UpstreamTarget(Upstream upstream, int prefixLength, String replacement) implements RouteTarget {}

    /** The gateway itself. */
    record LocalTarget(LocalFeature feature) implements RouteTarget {}
}
