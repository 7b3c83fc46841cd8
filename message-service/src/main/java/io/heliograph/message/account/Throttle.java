package io.heliograph.message.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets each key through at once, and after that once per interval however often it is added. Not thread-safe. */
final class Throttle<K> {

    private final long intervalNanos;
    private final Map<K, Long> passed = new HashMap<>();
    private final Set<K> waiting = new LinkedHashSet<>();

    Throttle(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    void add(K key) {
        waiting.add(key);
    }

    /** Those that may pass now, in the order in which they were added. */
    List<K> due(long nanoTime) {
        passed.values().removeIf(at -> nanoTime - at >= intervalNanos);
        List<K> due = new ArrayList<>();
        waiting.removeIf(key -> passed.putIfAbsent(key, nanoTime) == null && due.add(key));
        return due;
    }
}
