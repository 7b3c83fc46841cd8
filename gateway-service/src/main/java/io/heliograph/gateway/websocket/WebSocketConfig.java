package io.heliograph.gateway.websocket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and shutdown of WebSockets. */
@ConfigMapping(prefix = "heliograph.gateway.websocket")
public interface WebSocketConfig {

    /** Open WebSockets of this gateway: at about 20 KB each, 400 MB at most. */
    @WithDefault("20000")
    int max();

    /** Open WebSockets of one address (of IPv6 one network of 64 bits): enough for an office behind one address. */
    @WithDefault("2000")
    int maxPerAddress();

    /**
     * Open WebSockets of one user, counted if the upgrade request had a token: several devices with several tabs each.
     */
    @WithDefault("200")
    int maxPerUser();

    /**
     * The period over which a gateway that shuts down closes its WebSockets, so that not all clients reconnect at once;
     * shorter than {@code
     * quarkus.shutdown.delay}, and without effect if that delay is zero.
     */
    @WithDefault("4S")
    Duration drainPeriod();
}
