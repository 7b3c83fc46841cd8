package io.heliograph.user.signin.password;

import java.util.concurrent.ConcurrentHashMap;

/** Limits the concurrent work of each key. Stores only keys with work in progress. */
final class ConcurrencyLimit<K> {

    private final int limit;
    private final ConcurrentHashMap<K, Integer> underWay = new ConcurrentHashMap<>();

    ConcurrencyLimit(int limit) {
        this.limit = limit;
    }

    /** Returns false at the limit. A null key has no limit. */
    boolean tryAcquire(K key) {
        if (key == null) {
            return true;
        }
        boolean[] acquired = {false};
        underWay.compute(key, (same, count) -> {
            int present = count == null ? 0 : count;
            acquired[0] = present < limit;
            return acquired[0] ? Integer.valueOf(present + 1) : count;
        });
        return acquired[0];
    }

    /** To be called after the work that {@link #tryAcquire} has allowed. */
    void release(K key) {
        if (key != null) {
            underWay.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        }
    }
}
