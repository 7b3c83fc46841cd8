package io.heliograph.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** HTTP Strict Transport Security (RFC 6797). */
@ConfigMapping(prefix = "heliograph.gateway.hsts")
public interface HstsConfig {

    /**
     * The {@code max-age} of the header; a year is usual. Not sent by default: browsers then refuse plain HTTP for this
     * long, so the operator has to decide that TLS stays. Sent only over TLS, which may end at a trusted proxy.
     */
    Optional<Duration> maxAge();

    /** Whether the policy includes all subdomains. */
    @WithDefault("false")
    boolean includeSubdomains();
}
