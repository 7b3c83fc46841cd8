package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.Purge.OfAddress;
import io.heliograph.gateway.cache.Purge.OfPaths;
import io.heliograph.gateway.cache.Purge.OfTag;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which purges are known, in the order that Redis gave them: by their generation, a number that only grows. An answer
 * carries the generation that was known when the service was asked for it, and is good for nothing once a later purge
 * means it. So no clock is compared with another; who has not heard of a purge yet only drops what it need not.
 */
@Singleton
final class Purges {

    /** Past these the oldest is forgotten, and with it all that was asked for before it. */
    private static final int MOST = 5_000;

    private static final int MOST_PATTERNS = 100;

    /** Past these all that Redis has is taken for purged, until that has been told to it. */
    private static final int MOST_UNTOLD = 1_000;

    private final LocalEntries local;
    private final Flights flights;
    private final Remembered<String> tags = new Remembered<>(MOST);
    private final Remembered<String> addresses = new Remembered<>(MOST);
    private final Remembered<String> patterns = new Remembered<>(MOST_PATTERNS);
    private final Set<Purge> untold = new LinkedHashSet<>();
    private volatile long generation;
    private long floor;

    Purges(LocalEntries local, Flights flights) {
        this.local = local;
        this.flights = flights;
    }

    /** The latest that is known. */
    long generation() {
        return generation;
    }

    /** Drops what is in memory. Of an answer that is stored after this, {@link #isPurged} tells. */
    void learn(Purge purge, long at) {
        long forgotten = remember(purge, at);
        drop(purge, at);
        if (forgotten > 0) {
            forgetUntil(forgotten);
        }
    }

    /** All purges up to this one are forgotten: whatever they could have meant goes. */
    void forgetUntil(long at) {
        synchronized (this) {
            if (at <= floor) {
                return;
            }
            floor = at;
            generation = Math.max(generation, at);
        }
        local.removeIf(entry -> entry.origin().generation() < at);
    }

    /** Drops what this process has. What Redis has counts as dropped until it has been told, and the purge is learned. */
    void begin(Purge purge) {
        synchronized (this) {
            if (untold.size() >= MOST_UNTOLD) {
                untold.clear();
                untold.add(new OfPaths("*"));
            }
            untold.add(purge);
        }
        drop(purge, Long.MAX_VALUE);
    }

    /** Redis has given it this generation. */
    void told(Purge purge, long at) {
        learn(purge, at);
        synchronized (this) {
            untold.remove(purge);
        }
    }

    /** Those that Redis has not been told of. */
    synchronized List<Purge> untold() {
        return List.copyOf(untold);
    }

    /** Whether an answer that comes from Redis is no good. */
    boolean isPurgedThere(Entry entry) {
        synchronized (this) {
            for (Purge purge : untold) {
                if (purge.means(entry)) {
                    return true;
                }
            }
        }
        return isPurged(entry);
    }

    /** Asked once it is stored, since what is learned before drops only what is there. */
    boolean isPurged(Entry entry) {
        long at = entry.origin().generation();
        if (at >= generation) {
            return false;
        }
        synchronized (this) {
            return at < floor
                    || addresses.isLater(entry.origin().key(), at)
                    || isTagPurged(entry, at)
                    || isPathPurged(entry, at);
        }
    }

    private boolean isTagPurged(Entry entry, long at) {
        for (String tag : entry.origin().tags()) {
            if (tags.isLater(tag, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPathPurged(Entry entry, long at) {
        return patterns.all().entrySet().stream()
                .anyMatch(purged -> purged.getValue() > at && new OfPaths(purged.getKey()).means(entry));
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
            flights.detach(address.key());
            Variants stored = local.find(address.key());
            if (stored != null) {
                stored.removeIf(entry -> entry.origin().generation() < at, local::remove);
            }
        } else {
            flights.detachAll();
            local.removeIf(entry -> entry.origin().generation() < at && purge.means(entry));
        }
    }
}
