package io.heliograph.user.startup;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long the start waits for unavailable stores. The values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.start")
interface StartUpConfig {

    /** The time after which the service gives up and exits. */
    Duration deadline();

    /** The wait after the first failure; it doubles from attempt to attempt. */
    Duration retryDelay();

    /** The longest wait between two attempts. */
    Duration maxRetryDelay();
}
