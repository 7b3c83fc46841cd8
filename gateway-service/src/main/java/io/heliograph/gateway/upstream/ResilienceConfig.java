package io.heliograph.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Circuit breakers and retries. */
@ConfigMapping(prefix = "heliograph.gateway.resilience")
public interface ResilienceConfig {

    /**
     * Attempts at a request, the first included. A third attempt succeeds even while two of three instances shut down.
     */
    @WithDefault("3")
    int maxAttempts();

    /**
     * The upper bound of the backoff before the first retry; it doubles for the next. The actual backoff is a random
     * part of it.
     */
    @WithDefault("25MS")
    Duration backoff();

    /**
     * Retries per request that the retry budget allows: the additional load of a failing service is bounded by this
     * ratio.
     */
    @WithDefault("0.2")
    double retryRatio();

    /**
     * Retries per second and upstream that are allowed whatever the load, so that gateways with few requests can retry.
     */
    @WithDefault("2")
    int minRetriesPerSecond();

    /** Consecutive failures after which the circuit breaker of an instance opens. */
    @WithDefault("5")
    int consecutiveFailures();

    /** The share of failed calls within ten seconds at which the circuit breaker of an instance opens. */
    @WithDefault("0.5")
    double failureRatio();

    /** The minimum number of calls within ten seconds for {@code failure-ratio} to apply. */
    @WithDefault("20")
    int minimumCalls();

    /** How long a circuit breaker stays open at first; the duration doubles with each failed trial. */
    @WithDefault("1S")
    Duration openDuration();

    /** The longest time that a circuit breaker stays open. */
    @WithDefault("30S")
    Duration maxOpenDuration();

    /**
     * A request that its client aborts counts as a failure of the instance if the instance has not responded to any
     * request for at least this long, and for longer than the present 99th percentile of the upstream. Clients with
     * short timeouts thus do not eject a slow service.
     */
    @WithDefault("0.5S")
    Duration abandonAfter();

    /**
     * How long an instance may leave all of its requests without a response before it is probed with {@code HEAD /}.
     */
    @WithDefault("2S")
    Duration probeAfter();

    /** The timeout of a probe. An instance that does not respond is ejected until it responds to a probe. */
    @WithDefault("2S")
    Duration probeTimeout();

    /**
     * The slow start of an instance that is new or has recovered: for this long it gets fewer requests than the others.
     */
    @WithDefault("10S")
    Duration slowStart();
}
