package io.heliograph.user.moderation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The end of bans of accounts. */
@ConfigMapping(prefix = "heliograph.bans")
interface BanConfig {

    /** How often bans whose time has come are ended, and so how long after its time one may still be in force. */
    @WithDefault("5S")
    Duration sweepInterval();
}
