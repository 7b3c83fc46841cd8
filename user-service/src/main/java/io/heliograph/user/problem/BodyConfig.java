package io.heliograph.user.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** How large a body may be; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.http")
interface BodyConfig {

    MemorySize maxBodySize();

    /** Of paths that take more. */
    Map<String, MemorySize> maxBodySizes();
}
