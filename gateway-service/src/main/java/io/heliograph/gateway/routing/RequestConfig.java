package io.heliograph.gateway.routing;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds and timeouts of requests. */
@ConfigMapping(prefix = "heliograph.gateway.request")
public interface RequestConfig {

    /** The largest body: an archive to import. The services have tighter limits of their own, by route. */
    @WithDefault("100M")
    MemorySize maxBody();

    /** In characters: 500 ids in a query are 18,500. */
    @WithDefault("24576")
    int maxUri();

    /** Names and values of all headers in characters: what Quarkus takes at the services, less what is added here. */
    @WithDefault("16384")
    int maxHeaders();

    /** How long a client may pause while it sends a body. */
    @WithDefault("10S")
    Duration bodyTimeout();

    /** How long a service may be silent, and a client may leave an answer unread. */
    @WithDefault("30S")
    Duration readTimeout();

    /**
     * How long an exchange may take in all, unless its bodies move faster than {@link #minRate}: a steady transfer takes
     * as long as it takes. Event streams and WebSockets are exempt.
     */
    @WithDefault("60S")
    Duration totalTimeout();

    /**
     * Bytes a second, below which a client that sends a body or reads an answer is ended: a tenth of the slowest mobile
     * network there is, and what Apache httpd asks for too.
     */
    @WithDefault("500")
    MemorySize minRate();

    /** Over how long that is measured: longer than networks stall. */
    @WithDefault("20S")
    Duration minRateInterval();
}
