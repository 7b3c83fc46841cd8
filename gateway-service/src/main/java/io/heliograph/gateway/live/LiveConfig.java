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

    /** Concurrent watchers of this gateway. Each takes 2 KB per second and some 20 KB of memory. */
    @WithDefault("100")
    int maxWatchers();

    /**
     * The timeout from the upgrade to a valid {@code connect} frame, if the upgrade request had no token: browsers
     * cannot send one.
     */
    @WithDefault("10S")
    Duration connectTimeout();

    /** A watcher that does not read samples for this long is disconnected. */
    @WithDefault("30S")
    Duration stallTimeout();
}
