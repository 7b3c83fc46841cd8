package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.MemoryCache.Variants;
import io.heliograph.gateway.cache.Purge.OfAddress;
import io.heliograph.gateway.cache.Purge.OfPaths;
import io.heliograph.gateway.cache.Purge.OfTag;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The known purges by generation, a number that Redis assigns and that only grows. An entry has the generation that was
 * known when its fetch began, and is invalid once a later purge matches it. No clocks are compared, and a gateway that
 * does not know a purge yet at worst drops more than it must.
 */
@Singleton
final class PurgeLog {

    /** The bound of the log. The oldest purge is dropped, and with it all entries that were fetched before it. */
    private static final int MAX_PURGES = 5_000;

    private static final int MAX_PATTERNS = 100;

    /** The bound of unpublished purges. Past it everything in Redis counts as purged, until that is published. */
    private static final int MAX_UNPUBLISHED = 1_000;

    private final MemoryCache local;
    private final RequestCoalescer coalescer;
    private final GenerationLog<String> tags = new GenerationLog<>(MAX_PURGES);
    private final GenerationLog<String> addresses = new GenerationLog<>(MAX_PURGES);
    private final GenerationLog<String> patterns = new GenerationLog<>(MAX_PATTERNS);
    private final Set<Purge> unpublished = new LinkedHashSet<>();
    private volatile long generation;
    private long floor;

    PurgeLog(MemoryCache local, RequestCoalescer coalescer) {
        this.local = local;
        this.coalescer = coalescer;
    }

    /** The latest known generation. */
    long generation() {
        return generation;
    }

    /** Removes matching entries from memory. Entries that are stored later are checked by {@link #isPurged}. */
    void record(Purge purge, long at) {
        long forgotten = remember(purge, at);
        drop(purge, at);
        if (forgotten > 0) {
            discardUntil(forgotten);
        }
    }

    /** The purges up to this generation are unknown, so all older entries are removed. */
    void discardUntil(long at) {
        synchronized (this) {
            if (at <= floor) {
                return;
            }
            floor = at;
            generation = Math.max(generation, at);
        }
        local.removeIf(entry -> entry.identity().generation() < at);
    }

    /** Purges the memory. Matching entries in Redis count as purged until the purge has been published and recorded. */
    void start(Purge purge) {
        synchronized (this) {
            if (unpublished.size() >= MAX_UNPUBLISHED) {
                unpublished.clear();
                unpublished.add(new OfPaths("*"));
            }
            unpublished.add(purge);
        }
        drop(purge, Long.MAX_VALUE);
    }

    /** The purge has been published with this generation. */
    void published(Purge purge, long at) {
        record(purge, at);
        synchronized (this) {
            unpublished.remove(purge);
        }
    }

    /** The purges that have not been published. */
    synchronized List<Purge> unpublished() {
        return List.copyOf(unpublished);
    }

    /** Whether an entry read from Redis is purged. */
    boolean isPurgedInRedis(CacheEntry entry) {
        synchronized (this) {
            for (Purge purge : unpublished) {
                if (purge.matches(entry)) {
                    return true;
                }
            }
        }
        return isPurged(entry);
    }

    /**
     * Whether an entry is purged. Checked after the entry has been stored, since a purge that is recorded earlier
     * removes only entries present at that time.
     */
    boolean isPurged(CacheEntry entry) {
        long at = entry.identity().generation();
        if (at >= generation) {
            return false;
        }
        synchronized (this) {
            return at < floor
                    || addresses.isLater(entry.identity().key(), at)
                    || isTagPurged(entry, at)
                    || isPathPurged(entry, at);
        }
    }

    private boolean isTagPurged(CacheEntry entry, long at) {
        for (String tag : entry.identity().tags()) {
            if (tags.isLater(tag, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPathPurged(CacheEntry entry, long at) {
        return patterns.all().entrySet().stream()
                .anyMatch(purged -> purged.getValue() > at && new OfPaths(purged.getKey()).matches(entry));
    }

    private synchronized long remember(Purge purge, long at) {
        generation = Math.max(generation, at);
        if (purge instanceof OfTag tagged) {
            return tags.put(tagged.tag(), at);
        }
        return purge instanceof OfAddress address
                ? addresses.put(address.key(), at)
                : patterns.put(((OfPaths) purge).pattern(), at);
    }

    private void drop(Purge purge, long at) {
        if (purge instanceof OfAddress address) {
            coalescer.invalidate(address.key());
            Variants stored = local.find(address.key());
            if (stored != null) {
                stored.removeIf(entry -> entry.identity().generation() < at, local::remove);
            }
        } else {
            coalescer.invalidateAll();
            local.removeIf(entry -> entry.identity().generation() < at && purge.matches(entry));
        }
    }

    /** The latest purges of one kind by generation, bounded in number. Guarded by its owner. */
    static final class GenerationLog<K> {

        private final int most;
        private final Map<K, Long> generations = new LinkedHashMap<>();

        GenerationLog(int most) {
            this.most = most;
        }

        /** Returns the generation of the purge that is dropped for lack of room; 0 if none is. */
        long put(K purge, long generation) {
            Long before = generations.remove(purge);
            generations.put(purge, before == null ? generation : Math.max(before, generation));
            if (generations.size() <= most) {
                return 0;
            }
            Map.Entry<K, Long> eldest = generations.entrySet().iterator().next();
            generations.remove(eldest.getKey());
            return eldest.getValue();
        }

        boolean isLater(K purge, long generation) {
            Long purged = generations.get(purge);
            return purged != null && purged > generation;
        }

        Map<K, Long> all() {
            return generations;
        }
    }
}
