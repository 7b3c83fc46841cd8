package io.heliograph.gateway.cache;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The cache of all routes. What is stored, and for how long, is configured by route. */
@ConfigMapping(prefix = "heliograph.gateway.cache")
// Which Caffeine makes by name when it is bounded by weight alone.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.SSMW")
public interface CacheConfig {

    /** Memory of the stored answers: ten thousand of ordinary size; what is used least goes first. */
    @WithDefault("32M")
    MemorySize maxMemory();

    /** Variants of one address, which clients choose by request headers. */
    @WithDefault("16")
    int maxVariants();

    /** Whether gateways share what they store, over Redis. */
    @WithDefault("true")
    boolean shared();

    /** What one gateway may put there: beside counts of limits and sessions it has to be little. */
    @WithDefault("64M")
    MemorySize maxShared();

    /** How long Redis may take: longer, and the service itself is the faster one to ask. */
    @WithDefault("30MS")
    Duration timeout();

    /** How long an answer stays in Redis at most, be it fresh or not. */
    @WithDefault("1D")
    Duration maxSharedAge();

    /** How often purges are read from Redis. They are published at once; a lost message delays a purge by this long. */
    @WithDefault("2S")
    Duration readInterval();

    /** While purges cannot be read from Redis, no entry older than this is served without revalidation. */
    @WithDefault("30S")
    Duration maxPurgeLag();
}
