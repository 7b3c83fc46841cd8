package io.heliograph.operations;

import java.util.HashMap;
import java.util.Map;

/** The leases of all gateways, by the clock of this process. Not thread-safe. */
final class WatchLeases {

    /** More than any installation has gateways; a bound, because any client of Redis can publish. */
    private static final int MAX_GATEWAYS = 1_000;

    private final Map<String, Long> untilNanos = new HashMap<>();

    void take(WatchLease lease, long nowNanos) {
        if (lease.length().isZero()) {
            untilNanos.remove(lease.gateway());
        } else if (untilNanos.size() < MAX_GATEWAYS || untilNanos.containsKey(lease.gateway())) {
            untilNanos.put(lease.gateway(), nowNanos + lease.length().toNanos());
        }
    }

    /** Whether any gateway has a watcher. */
    boolean isWatched(long nowNanos) {
        untilNanos.values().removeIf(until -> nowNanos - until >= 0);
        return !untilNanos.isEmpty();
    }
}
