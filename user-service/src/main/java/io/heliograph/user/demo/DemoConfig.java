package io.heliograph.user.demo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The accounts of a trial run. Off by default, and without a password by default: no installation has a known one. */
@ConfigMapping(prefix = "heliograph.demo")
interface DemoConfig {

    @WithDefault("false")
    boolean accounts();

    Optional<String> password();
}
