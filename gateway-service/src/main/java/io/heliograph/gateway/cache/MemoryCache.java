package io.heliograph.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.Predicate;

/** The stored answers that this process has in its memory. */
@Singleton
final class MemoryCache {

    private final Cache<String, Variants> variants;
    private final int maxVariants;

    MemoryCache(CacheConfig config, MeterRegistry registry) {
        this.maxVariants = config.maxVariants();
        Counter evictions = Counter.builder("heliograph.gateway.cache.evictions")
                .description("Addresses whose answers were dropped from memory for lack of room")
                .register(registry);
        this.variants = Caffeine.newBuilder()
                .maximumWeight(config.maxMemory().asLongValue())
                .weigher((String key, Variants stored) -> stored.weight() + 2 * key.length())
                .evictionListener((key, stored, cause) -> evictions.increment())
                // What there is to do takes microseconds, and an event loop that writes here may as well do it.
                .executor(Runnable::run)
                .build();
        Gauge.builder("heliograph.gateway.cache.bytes", this, MemoryCache::bytes)
                .description("What the stored answers in memory take")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Null if there are none. */
    Variants find(String key) {
        return variants.getIfPresent(key);
    }

    void put(CacheEntry entry) {
        variants.asMap()
                .merge(entry.identity().key(), Variants.of(entry), (stored, one) -> stored.with(entry, maxVariants));
    }

    void remove(CacheEntry entry) {
        variants.asMap().computeIfPresent(entry.identity().key(), (key, stored) -> stored.without(entry));
    }

    /** Looks at all of them: some milliseconds. */
    void removeIf(Predicate<CacheEntry> condition) {
        variants.asMap().values().forEach(stored -> stored.removeIf(condition, this::remove));
    }

    private double bytes() {
        return variants.policy()
                .eviction()
                .map(bound -> bound.weightedSize().orElse(0))
                .orElse(0L);
    }
}
