package io.heliograph.user.moderation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The end of bans of accounts. */
@ConfigMapping(prefix = "heliograph.bans")
interface BanConfig {

    /** How often expired bans are ended: the longest time for which a ban may outlast its end. */
    @WithDefault("5S")
    Duration sweepInterval();
}
