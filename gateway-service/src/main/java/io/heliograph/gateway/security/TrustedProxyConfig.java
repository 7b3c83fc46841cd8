package io.heliograph.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** The proxies in front of the gateway whose headers are trusted. */
@ConfigMapping(prefix = "heliograph.gateway.proxies")
public interface TrustedProxyConfig {

    /**
     * Addresses and networks ({@code 10.0.0.0/8}, {@code fd00::/8}) of the proxies before the gateway. None by default:
     * anyone else could give any address for theirs, and would never meet a limit.
     */
    Optional<List<String>> trusted();

    /**
     * Which headers those proxies write. Only one kind is read: a proxy passes on what it does not know, so of the
     * other kind everything may be a client's invention.
     */
    @WithDefault("x-forwarded")
    ForwardedHeaderKind headers();

    enum ForwardedHeaderKind {
        /** {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}. */
        X_FORWARDED,
        /** {@code Forwarded}, as RFC 7239 has it. */
        FORWARDED
    }
}
