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
     * A file with settings of upstreams, routes and limits, as properties or, by its extension, as YAML. It overrides
     * all other sources.
     */
    Optional<Path> configFile();

    /** How often the file is checked for changes. Kubernetes updates a mounted file with up to a minute of delay. */
    @WithDefault("5S")
    Duration configInterval();
}
