package io.heliograph.gateway.websocket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and shutdown of WebSockets. */
@ConfigMapping(prefix = "heliograph.gateway.tunnels")
public interface TunnelConfig {

    /** In all: at about 20 KB each, 400 MB at most. */
    @WithDefault("20000")
    int max();

    /** From one address, behind which there may be a whole office, but not a whole town. */
    @WithDefault("2000")
    int maxPerAddress();

    /** Of one user, as far as a token came with the upgrade: some devices with some tabs each, on several services. */
    @WithDefault("200")
    int maxPerUser();

    /**
     * Over how long a gateway that goes away closes them, so that the others are not stormed; shorter than {@code
     * quarkus.shutdown.delay}, and at once where there is no delay.
     */
    @WithDefault("4S")
    Duration drainPeriod();
}
