package io.heliograph.gateway.batch;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of one batch. Its body and its duration are bounded by its route. */
@ConfigMapping(prefix = "heliograph.gateway.batch")
public interface BatchConfig {

    /** Parts at once: about half of what one instance of a service is asked at once by this gateway. */
    @WithDefault("16")
    int concurrency();

    /** The bodies of all its answers together, which are held in memory until the last one is there. */
    @WithDefault("4M")
    MemorySize maxResponseSize();
}
