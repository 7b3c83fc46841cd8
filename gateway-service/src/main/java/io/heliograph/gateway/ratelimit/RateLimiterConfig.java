package io.heliograph.gateway.ratelimit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How rate limits are decided. The limits themselves are {@code heliograph.gateway.limits}. */
@ConfigMapping(prefix = "heliograph.gateway.limiter")
// Caffeine instantiates this class by name for a cache bounded by size and last access.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.PSAMS")
public interface RateLimiterConfig {

    /** How long a request waits for Redis, which usually responds within 1 ms; after it the gateway decides locally. */
    @WithDefault("50MS")
    Duration timeout();

    /** Consecutive failures after which the circuit breaker for Redis opens. */
    @WithDefault("3")
    int consecutiveFailures();

    /** How often Redis is probed while the circuit breaker is open. */
    @WithDefault("500MS")
    Duration probeInterval();

    /**
     * The number of gateways among which a limit is divided while Redis is unavailable. With 1 each gateway admits the
     * whole limit.
     */
    @WithDefault("1")
    int replicas();

    /**
     * A host name that resolves to the addresses of all gateways. Once resolved, their number replaces {@code
     * replicas}, which applies until then.
     */
    Optional<String> peers();

    /** Keys that are counted locally while Redis is unavailable, at some 200 bytes each. */
    @WithDefault("50000")
    int maxLocalKeys();
}
