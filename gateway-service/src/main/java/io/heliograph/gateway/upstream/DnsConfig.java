package io.heliograph.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Discovery of instances by DNS. */
@ConfigMapping(prefix = "heliograph.gateway.dns")
public interface DnsConfig {

    /** The interval of DNS queries, after which a new instance gets requests. */
    @WithDefault("5S")
    Duration interval();

    /** The timeout of a query. If it fails, the last known instances stay in use. */
    @WithDefault("2S")
    Duration timeout();

    /** Name servers as {@code host:port}; by default those of the system. */
    Optional<List<String>> servers();
}
