package io.heliograph.gateway.routing;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds and timeouts of requests. */
@ConfigMapping(prefix = "heliograph.gateway.request")
public interface RequestConfig {

    /** The largest request body: an archive to import. Services have lower limits of their own. */
    @WithDefault("100M")
    MemorySize maxBody();

    /** The longest request target, in characters: 500 ids in a query take 18,500. */
    @WithDefault("24576")
    int maxUri();

    /**
     * Names and values of all headers, in characters: the limit of Quarkus at the services, less the headers that the
     * gateway adds.
     */
    @WithDefault("16384")
    int maxHeaders();

    /** How long a client may pause while it sends a body. */
    @WithDefault("10S")
    Duration bodyTimeout();

    /** How long a service may send nothing, and how long a client may leave a response unread. */
    @WithDefault("30S")
    Duration readTimeout();

    /**
     * The total timeout of an exchange; it does not apply while the bodies are transferred faster than {@code
     * min-rate}, nor to event streams and WebSockets.
     */
    @WithDefault("60S")
    Duration totalTimeout();

    /**
     * The minimum data rate, in bytes per second, of a client that sends a body or reads a response; below it the
     * exchange is aborted. A tenth of the slowest mobile networks, and the default of Apache httpd.
     */
    @WithDefault("500")
    MemorySize minRate();

    /** The interval over which the data rate is measured; longer than networks stall. */
    @WithDefault("20S")
    Duration minRateInterval();
}
