package io.heliograph.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.MultiMap;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The entries in the memory of this process. */
@Singleton
final class MemoryCache {

    private final Cache<String, Variants> variants;
    private final int maxVariants;

    MemoryCache(CacheConfig config, MeterRegistry registry) {
        this.maxVariants = config.maxVariants();
        Counter evictions = Counter.builder("heliograph.gateway.cache.evictions")
                .description("Cache keys that were evicted from memory")
                .register(registry);
        this.variants = Caffeine.newBuilder()
                .maximumWeight(config.maxMemory().asLongValue())
                .weigher((String key, Variants stored) -> stored.weight() + 2 * key.length())
                .evictionListener((key, stored, cause) -> evictions.increment())
                // Maintenance takes microseconds, so the writing event loop does it.
                .executor(Runnable::run)
                .build();
        Gauge.builder("heliograph.gateway.cache.bytes", this, MemoryCache::bytes)
                .description("Memory of the stored responses")
                .baseUnit("bytes")
                .register(registry);
    }

    /** The variants of a key; null if there are none. */
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

    /** Removes all entries that match. It checks every entry, which takes some milliseconds. */
    void removeIf(Predicate<CacheEntry> condition) {
        variants.asMap().values().forEach(stored -> stored.removeIf(condition, this::remove));
    }

    private double bytes() {
        return variants.policy()
                .eviction()
                .map(bound -> bound.weightedSize().orElse(0))
                .orElse(0L);
    }

    /** The entries of one key, the newest first. Immutable. */
    static final class Variants {

        private final VaryHeaders vary;
        private final CacheEntry[] entries;

        private Variants(VaryHeaders vary, CacheEntry[] entries) {
            this.vary = vary;
            this.entries = entries;
        }

        static Variants of(CacheEntry entry) {
            return new Variants(entry.identity().vary(), new CacheEntry[] {entry});
        }

        VaryHeaders vary() {
            return vary;
        }

        /** The entry for a request with these headers; null if there is none. */
        CacheEntry select(MultiMap headers) {
            if (vary.isEmpty()) {
                return entries[0];
            }
            for (CacheEntry entry : entries) {
                if (vary.match(entry.identity().values(), headers)) {
                    return entry;
                }
            }
            return null;
        }

        /**
         * A copy with this entry, which replaces the entry for the same request. Past {@code most} the oldest is
         * dropped. If the {@code Vary} headers have changed, all others are dropped, since those of the newest response
         * apply.
         */
        Variants with(CacheEntry entry, int most) {
            List<CacheEntry> all = new ArrayList<>();
            all.add(entry);
            if (vary.sameAs(entry.identity().vary())) {
                for (CacheEntry other : entries) {
                    boolean replaced = Arrays.equals(
                            other.identity().values(), entry.identity().values());
                    if (!replaced && all.size() < most) {
                        all.add(other);
                    }
                }
            }
            return new Variants(entry.identity().vary(), all.toArray(CacheEntry[]::new));
        }

        /** A copy without this entry; null if none is left. */
        Variants without(CacheEntry entry) {
            CacheEntry[] others =
                    Arrays.stream(entries).filter(other -> other != entry).toArray(CacheEntry[]::new);
            return others.length == 0 ? null : new Variants(vary, others);
        }

        /** Passes the matching entries to {@code removal}. */
        void removeIf(Predicate<CacheEntry> condition, Consumer<CacheEntry> removal) {
            for (CacheEntry entry : entries) {
                if (condition.test(entry)) {
                    removal.accept(entry);
                }
            }
        }

        int weight() {
            int weight = 0;
            for (CacheEntry entry : entries) {
                weight += entry.weight();
            }
            return weight;
        }
    }
}
