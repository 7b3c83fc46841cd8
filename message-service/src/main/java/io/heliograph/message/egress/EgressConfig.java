package io.heliograph.message.egress;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The destinations of requests to addresses that a user chose. */
@ConfigMapping(prefix = "heliograph.egress")
interface EgressConfig {

    /**
     * Networks that may be reached besides public addresses, such as {@code 10.1.0.0/16}, so that pages of an intranet
     * have previews. Every signed-in user can then make this service send requests to them.
     */
    Optional<List<String>> allowedNetworks();
}
