package io.heliograph.user.demo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Demo accounts for a trial run. Off by default, and without a default password. */
@ConfigMapping(prefix = "heliograph.demo")
interface DemoConfig {

    /** Whether the accounts {@code ada}, {@code grace} and {@code admin} are created at the start. */
    @WithDefault("false")
    boolean accounts();

    /** The password of these accounts; required with them. */
    Optional<String> password();
}
