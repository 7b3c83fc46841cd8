package io.heliograph.user.request;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/**
 * The proxies that are trusted for the address of the client; the value and its reason are in application.properties.
 */
@ConfigMapping(prefix = "heliograph.proxies")
interface ProxyConfig {

    /** Addresses and networks of the gateways, and of other proxies in front of this service. */
    List<String> trusted();
}
