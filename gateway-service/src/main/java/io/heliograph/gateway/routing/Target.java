package io.heliograph.gateway.routing;

import io.heliograph.gateway.upstream.Upstream;

/** Who answers the calls of a route. */
public sealed interface Target {

    /** A service. Instead of the first {@code cut} characters of a path it gets {@code put}; nearly always none. */
    record Remote(Upstream upstream, int cut, String put) implements Target {}

    /** The gateway itself. */
    record Here(Local local) implements Target {}
}
