package io.heliograph.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Discovery of instances by DNS. */
@ConfigMapping(prefix = "heliograph.gateway.dns")
public interface DnsConfig {

    /** How often: a new instance gets requests, and a name server a question, this often. */
    @WithDefault("5S")
    Duration interval();

    /** How long a name server may take; what was found last stays in use. */
    @WithDefault("2S")
    Duration timeout();

    /** Name servers as {@code host:port}; those of the system if not given. */
    Optional<List<String>> servers();
}
