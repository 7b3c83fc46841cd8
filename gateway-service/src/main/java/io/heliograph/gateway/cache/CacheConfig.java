package io.heliograph.gateway.cache;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The response cache of all routes. Which responses are stored, and for how long, is configured by route. */
@ConfigMapping(prefix = "heliograph.gateway.cache")
// Caffeine instantiates this class by name for a cache bounded by weight.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.SSMW")
public interface CacheConfig {

    /** Memory for stored responses: some ten thousand of ordinary size; the least used are evicted first. */
    @WithDefault("32M")
    MemorySize maxMemory();

    /** Stored variants of one address, which request headers select ({@code Vary}). */
    @WithDefault("16")
    int maxVariants();

    /** Whether gateways share stored responses in Redis. */
    @WithDefault("true")
    boolean shared();

    /** Memory of Redis for the responses of one gateway; small, since Redis also has limits and revocations. */
    @WithDefault("64M")
    MemorySize maxShared();

    /** The timeout of a read from Redis; after it the service is asked, which then is faster. */
    @WithDefault("30MS")
    Duration timeout();

    /** The longest time that a response stays in Redis, fresh or not. */
    @WithDefault("1D")
    Duration maxSharedAge();

    /** How often purges are read from Redis. They are published at once; a lost message delays a purge by this long. */
    @WithDefault("2S")
    Duration readInterval();

    /** While purges cannot be read from Redis, no entry older than this is served without revalidation. */
    @WithDefault("30S")
    Duration maxPurgeLag();
}
