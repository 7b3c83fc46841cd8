package io.heliograph.gateway.routing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The file that can change the configuration at run time. */
@ConfigMapping(prefix = "heliograph.gateway")
public interface ReloadConfig {

    /**
     * A file with keys of upstreams, routes and limits, as properties or, if it is named so, as YAML. What it says
     * wins over all that was given otherwise.
     */
    Optional<Path> configFile();

    /** How often it is looked at. A file that Kubernetes mounts is a minute late already. */
    @WithDefault("5S")
    Duration configInterval();
}
