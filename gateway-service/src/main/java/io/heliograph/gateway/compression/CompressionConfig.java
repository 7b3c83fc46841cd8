package io.heliograph.gateway.compression;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Compression of responses. Whether a route takes part is a setting of the route. */
@ConfigMapping(prefix = "heliograph.gateway.compression")
public interface CompressionConfig {

    /** Whether responses are compressed with gzip for clients that accept it. */
    @WithDefault("true")
    boolean enabled();

    /** The smallest body that is compressed: a smaller one fits into one packet anyway. */
    @WithDefault("1K")
    MemorySize minLength();

    /**
     * The most of one body that is compressed for one response, in about 15 ms of processor time. A longer body is sent
     * as it is; one whose length is not known in advance continues uncompressed. Cached responses and pages have no
     * such limit, since they are compressed once.
     */
    @WithDefault("1M")
    MemorySize maxLength();

    /**
     * The level of gzip, from 1 (fast) to 9 (small). At 4, JSON shrinks to about a quarter at some 90 MB/s on one core.
     */
    @WithDefault("4")
    int level();

    /**
     * Responses that are being compressed at a time, each with a state of 256 KiB outside the heap. Further responses
     * are sent uncompressed.
     */
    @WithDefault("128")
    int maxConcurrent();
}
