package io.heliograph.gateway.ratelimit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How limits are decided; which there are is said by {@code heliograph.gateway.limits}. */
@ConfigMapping(prefix = "heliograph.gateway.limiter")
// Which Caffeine makes by name when entries are bounded in number and by their last use.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.PSAMS")
public interface RateLimiterConfig {

    /** How long a request waits for Redis, which mostly takes less than 1 ms; then this gateway decides alone. */
    @WithDefault("50MS")
    Duration timeout();

    /** Consecutive failures after which the circuit breaker for Redis opens. */
    @WithDefault("3")
    int consecutiveFailures();

    /** How often Redis is probed while the circuit breaker is open. */
    @WithDefault("500MS")
    Duration probeInterval();

    /**
     * Among how many gateways a limit is shared out while Redis is away. With 1 each admits the whole of it; with more
     * than there are, less is admitted than would be right.
     */
    @WithDefault("1")
    int replicas();

    /**
     * A host name whose addresses are those of all gateways. Once it has been resolved, their number stands in for
     * {@link #replicas()}, which is set to the number that there is when it is not known yet.
     */
    Optional<String> peers();

    /** What is counted here at once while Redis is away, each at some 200 bytes. */
    @WithDefault("50000")
    int maxLocalKeys();
}
