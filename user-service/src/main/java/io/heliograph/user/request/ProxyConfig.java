package io.heliograph.user.request;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** Whose word is taken for where a request came from; the value and its reason are in application.properties. */
@ConfigMapping(prefix = "heliograph.proxies")
interface ProxyConfig {

    /** Addresses and networks of the gateways, and of what else may stand before this service. */
    List<String> trusted();
}
