package io.heliograph.gateway.security;

import jakarta.inject.Singleton;
import java.util.List;

/** The proxies before the gateway that are believed. A wrong configuration stops the start, naming the key. */
@Singleton
final class TrustedProxies {

    private final Network[] networks;

    TrustedProxies(ProxyConfig config) {
        this.networks = config.trusted().orElse(List.of()).stream()
                .map(TrustedProxies::parse)
                .toArray(Network[]::new);
    }

    boolean isNone() {
        return networks.length == 0;
    }

    boolean contain(byte[] address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static Network parse(String text) {
        try {
            return Network.parse(text.trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("heliograph.gateway.proxies.trusted: " + e.getMessage(), e);
        }
    }
}
