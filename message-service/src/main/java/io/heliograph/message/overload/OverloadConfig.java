package io.heliograph.message.overload;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The admission of clients when many arrive at once. An arrival is the opening of a WebSocket, or a join on one. */
@ConfigMapping(prefix = "heliograph.overload")
@StaticInitSafe
public interface OverloadConfig {

    /** Arrivals a second that are admitted before the load of the machine is measured. */
    @WithDefault("2000")
    @Min(1)
    @Max(1_000_000)
    int initialRate();

    /**
     * Arrivals a second that are admitted however busy the machine is, since it may be busy for another reason; at the
     * default they cost about a third of a core. A client with one room is two arrivals. Lower it for a replica with
     * less than half a core.
     */
    @WithDefault("2000")
    @Min(1)
    @Max(100_000)
    int minRate();

    /** The upper bound of admitted arrivals a second; it applies also if it is below the other two. */
    @WithDefault("50000")
    @Min(1)
    @Max(1_000_000)
    int maxRate();

    /**
     * The bound of the minimum lag of an event loop in 50 ms; above it the rate falls. Connected clients wait several
     * times as long.
     */
    @WithDefault("0.01S")
    Duration maxLag();

    /** Requests that may wait for a connection to PostgreSQL; above it the rate falls. */
    @WithDefault("64")
    @Min(0)
    int maxPoolWaiting();

    /**
     * The share of the heap that is in use after a collection, and of the memory for buffers, above which the rate
     * falls.
     */
    @WithDefault("0.9")
    @DecimalMin("0.1")
    @DecimalMax("1.0")
    double maxMemory();

    /** Openings that wait for admission, at some 10 KB each; past it clients get {@code 503 overloaded}. */
    @WithDefault("5000")
    @Min(0)
    @Max(100_000)
    int maxWaiting();

    /**
     * How long an opening waits for admission before it gets {@code 503 overloaded}; less than the timeout of clients.
     */
    @WithDefault("2S")
    Duration maxWait();

    /**
     * The upper bound of {@code Retry-After}, which grows with the number of clients that were rejected and will retry.
     */
    @WithDefault("30S")
    Duration maxRetryAfter();
}
