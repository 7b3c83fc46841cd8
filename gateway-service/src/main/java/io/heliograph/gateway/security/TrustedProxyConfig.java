package io.heliograph.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** The proxies in front of the gateway whose headers are trusted. */
@ConfigMapping(prefix = "heliograph.gateway.proxies")
public interface TrustedProxyConfig {

    /**
     * Addresses and networks ({@code 10.0.0.0/8}, {@code fd00::/8}) of the proxies in front of the gateway. None by
     * default, since a client could otherwise forge its address and evade rate limits.
     */
    Optional<List<String>> trusted();

    /**
     * Which headers those proxies write. Only this kind is read: proxies forward headers of the other kind unchanged,
     * so a client may have forged them.
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
