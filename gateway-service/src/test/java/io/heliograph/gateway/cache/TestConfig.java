package io.heliograph.gateway.cache;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;

/** A cache of 1 MB with a short interval of reading purges. */
record TestConfig() implements CacheConfig {

    @Override
    public MemorySize maxMemory() {
        return new MemorySize(BigInteger.valueOf(1_000_000));
    }

    @Override
    public int maxVariants() {
        return 16;
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public MemorySize maxShared() {
        return new MemorySize(BigInteger.valueOf(20_000));
    }

    @Override
    public Duration timeout() {
        return Duration.ofMillis(500);
    }

    @Override
    public Duration maxSharedAge() {
        return Duration.ofHours(1);
    }

    @Override
    public Duration readInterval() {
        return Duration.ofMillis(300);
    }

    @Override
    public Duration maxPurgeLag() {
        return Duration.ofSeconds(4);
    }
}
