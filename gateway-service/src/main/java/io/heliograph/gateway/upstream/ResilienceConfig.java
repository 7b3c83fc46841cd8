package io.heliograph.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Circuit breakers and retries. */
@ConfigMapping(prefix = "heliograph.gateway.resilience")
public interface ResilienceConfig {

    /** The first included. A third finds an instance even where two of three are going down. */
    @WithDefault("3")
    int maxAttempts();

    /** The longest wait before the first repeat; twice as long before the next. A random part of it is waited. */
    @WithDefault("25MS")
    Duration backoff();

    /** Repeats per request: a service that fails gets this much more load and not a multiple. */
    @WithDefault("0.2")
    double retryRatio();

    /** Repeats per second and upstream that are allowed whatever the load, for gateways with little. */
    @WithDefault("2")
    int minRetriesPerSecond();

    /** Failures in a row after which an instance is out: less than a burst of bad luck, more than chance. */
    @WithDefault("5")
    int consecutiveFailures();

    /** The share of calls within ten seconds that must fail for an instance to be out. */
    @WithDefault("0.5")
    double failureRatio();

    /** The minimum of calls for {@link #failureRatio}. */
    @WithDefault("20")
    int minimumCalls();

    /** How long an instance is out at first; each time that it fails again, twice as long. */
    @WithDefault("1S")
    Duration openDuration();

    /** The longest that it is out. */
    @WithDefault("30S")
    Duration maxOpenDuration();

    /**
     * A request that its client gives up counts as a failure of the instance that has it, if the instance was not heard of
     * for this long at least, and for longer than 99 of 100 answers of the upstream take at the time: impatient clients
     * eject no slow service.
     */
    @WithDefault("0.5S")
    Duration abandonAfter();

    /** How long an instance with requests may answer none before it is probed with {@code HEAD /}. */
    @WithDefault("2S")
    Duration probeAfter();

    /** An instance that does not answer a probe in this time is out until it answers one. */
    @WithDefault("2S")
    Duration probeTimeout();

    /** How long an instance that is new or back gets less than its share, until it is warm. */
    @WithDefault("10S")
    Duration slowStart();
}
