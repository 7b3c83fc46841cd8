package io.heliograph.gateway.batch;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of one batch. Its body and its duration are bounded by its route. */
@ConfigMapping(prefix = "heliograph.gateway.batch")
public interface BatchConfig {

    /** Parts of a batch that are executed concurrently: about half of {@code pool.max-connections-per-instance}. */
    @WithDefault("16")
    int concurrency();

    /** The total size of the response bodies of a batch, which are held in memory until the last part has completed. */
    @WithDefault("4M")
    MemorySize maxResponseSize();
}
