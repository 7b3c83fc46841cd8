package io.heliograph.message.overload;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections to PostgreSQL: congested if too many requests wait for one. Vert.x never subtracts rejected requests
 * from the length of its queue, so the length is counted from its value when a connection was last free.
 */
final class PoolCongestion implements Congestion {

    private static final String WAITING = "sql.pool.queue.size";
    private static final String USED = "sql.pool.ratio";
    private static final String POOL = "pool.name";

    private final MeterRegistry registry;
    private final OverloadConfig config;
    private final Map<String, Double> emptyLengths = new HashMap<>();

    PoolCongestion(MeterRegistry registry, OverloadConfig config) {
        this.registry = registry;
        this.config = config;
    }

    @Override
    public String resource() {
        return "database_pool";
    }

    @Override
    public boolean isCongested() {
        double waiting = registry.find(WAITING).gauges().stream()
                .mapToDouble(this::waiting)
                .sum();
        return waiting > config.maxPoolWaiting();
    }

    private double waiting(Gauge queue) {
        String pool = String.valueOf(queue.getId().getTag(POOL));
        double length = queue.value();
        if (!Double.isFinite(length)) {
            return 0;
        }
        if (!isExhausted(pool)) {
            emptyLengths.put(pool, length);
        }
        return length - emptyLengths.getOrDefault(pool, 0.0);
    }

    private boolean isExhausted(String pool) {
        return Optional.ofNullable(registry.find(USED).tag(POOL, pool).gauge())
                .map(used -> used.value() >= 1)
                .orElse(false);
    }
}
