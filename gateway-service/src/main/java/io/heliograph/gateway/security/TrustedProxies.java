package io.heliograph.gateway.security;

import jakarta.inject.Singleton;
import java.util.List;

/** The trusted proxies in front of the gateway. An invalid configuration stops the start with the key. */
@Singleton
final class TrustedProxies {

    private final IpNetwork[] networks;

    TrustedProxies(TrustedProxyConfig config) {
        this.networks = config.trusted().orElse(List.of()).stream()
                .map(TrustedProxies::parse)
                .toArray(IpNetwork[]::new);
    }

    boolean isEmpty() {
        return networks.length == 0;
    }

    boolean contains(byte[] address) {
        for (IpNetwork network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static IpNetwork parse(String text) {
        try {
            return IpNetwork.parse(text.trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("heliograph.gateway.proxies.trusted: " + e.getMessage(), e);
        }
    }
}
