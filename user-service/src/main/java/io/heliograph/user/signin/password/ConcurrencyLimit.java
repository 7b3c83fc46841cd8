package io.heliograph.user.signin.password;

import java.util.concurrent.ConcurrentHashMap;

/** How much each key may have under way at once. Holds only keys that have something under way. */
final class ConcurrencyLimit<K> {

    private final int limit;
    private final ConcurrentHashMap<K, Integer> underWay = new ConcurrentHashMap<>();

    ConcurrencyLimit(int limit) {
        this.limit = limit;
    }

    /** False at the limit. A null key has none. */
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

    /** After what {@link #tryAcquire} has allowed. */
    void release(K key) {
        if (key != null) {
            underWay.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        }
    }
}
