package io.heliograph.rest.limit;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** The largest JSON bodies, in bytes; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.http")
public interface BodyLimitConfig {

    /** The largest body of a request; a larger one gets {@code 413 body_too_large}. */
    MemorySize maxBodySize();

    /** The largest body by path, for paths that accept more. */
    Map<String, MemorySize> maxBodySizes();
}
