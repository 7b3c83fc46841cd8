package io.heliograph.gateway.cache;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The answers that are stored under one address, the newest first. It never changes. */
final class Variants {

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

    /** The one for a request with these headers; null if there is none. */
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
     * With this one, which replaces the one for the same request. Past {@code most} the oldest goes; and all that differ
     * by other headers, for the newest answer says what it is that they differ by.
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

    /** Without this one; null if nothing is left. */
    Variants without(CacheEntry entry) {
        CacheEntry[] others =
                Arrays.stream(entries).filter(other -> other != entry).toArray(CacheEntry[]::new);
        return others.length == 0 ? null : new Variants(vary, others);
    }

    /** Has those removed that are such. */
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
