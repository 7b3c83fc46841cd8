package io.heliograph.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** HTTP Strict Transport Security (RFC 6797). */
@ConfigMapping(prefix = "heliograph.gateway.hsts")
public interface HstsConfig {

    /**
     * For how long; a year is usual. None by default: a browser that has been told so cannot come back in the clear, so
     * it is for the operator to say that TLS will stay. Sent to clients that came by TLS, here or at a trusted proxy.
     */
    Optional<Duration> maxAge();

    /** Whether the same goes for all names below this one. */
    @WithDefault("false")
    boolean includeSubdomains();
}
