package io.heliograph.gateway.cache;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The answers that are stored under one address, the newest first. It never changes. */
final class Variants {

    private final VaryNames vary;
    private final Entry[] entries;

    private Variants(VaryNames vary, Entry[] entries) {
        this.vary = vary;
        this.entries = entries;
    }

    static Variants of(Entry entry) {
        return new Variants(entry.origin().vary(), new Entry[] {entry});
    }

    VaryNames vary() {
        return vary;
    }

    /** The one for a request with these headers; null if there is none. */
    Entry select(MultiMap headers) {
        if (vary.isEmpty()) {
            return entries[0];
        }
        for (Entry entry : entries) {
            if (vary.match(entry.origin().values(), headers)) {
                return entry;
            }
        }
        return null;
    }

    /**
     * With this one, which replaces the one for the same request. Past {@code most} the oldest goes; and all that differ
     * by other headers, for the newest answer says what it is that they differ by.
     */
    Variants with(Entry entry, int most) {
        List<Entry> all = new ArrayList<>();
        all.add(entry);
        if (vary.sameAs(entry.origin().vary())) {
            for (Entry other : entries) {
                boolean replaced =
                        Arrays.equals(other.origin().values(), entry.origin().values());
                if (!replaced && all.size() < most) {
                    all.add(other);
                }
            }
        }
        return new Variants(entry.origin().vary(), all.toArray(Entry[]::new));
    }

    /** Without this one; null if nothing is left. */
    Variants without(Entry entry) {
        Entry[] others = Arrays.stream(entries).filter(other -> other != entry).toArray(Entry[]::new);
        return others.length == 0 ? null : new Variants(vary, others);
    }

    /** Has those removed that are such. */
    void removeIf(Predicate<Entry> condition, Consumer<Entry> removal) {
        for (Entry entry : entries) {
            if (condition.test(entry)) {
                removal.accept(entry);
            }
        }
    }

    int weight() {
        int weight = 0;
        for (Entry entry : entries) {
            weight += entry.weight();
        }
        return weight;
    }
}
