package io.heliograph.gateway.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who may watch the operations stream at {@code /api/live}, and how many. */
@ConfigMapping(prefix = "heliograph.gateway.live")
interface LiveConfig {

    /** The role that a watcher must have. */
    @WithDefault("admin")
    String role();

    /** Watchers of this gateway at once: operators with a dashboard each. One costs 2 KB a second and some 20 KB. */
    @WithDefault("100")
    int maxWatchers();

    /** From the upgrade to a good {@code connect}, where the upgrade carried no token: browsers cannot send one. */
    @WithDefault("10S")
    Duration connectTimeout();

    /** Samples that a watcher does not take for so long end its stream: it comes back when it can. */
    @WithDefault("30S")
    Duration stallTimeout();
}
