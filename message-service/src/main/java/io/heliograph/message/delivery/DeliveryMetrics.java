package io.heliograph.message.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;

@Singleton
class DeliveryMetrics {

    private final MeterRegistry registry;
    private final Counter delivered;
    private final Counter replayed;
    private final Counter gapFills;
    private final Counter lostPublishes;

    DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.delivered = Counter.builder("heliograph.deliveries")
                .tag("kind", "live")
                .description("Changes written to sockets")
                .register(registry);
        this.replayed = Counter.builder("heliograph.deliveries")
                .tag("kind", "replay")
                .description("Changes written to sockets")
                .register(registry);
        this.gapFills = Counter.builder("heliograph.delivery.gap.fills")
                .description("Gaps in what the bus brought that were filled from PostgreSQL")
                .register(registry);
        this.lostPublishes = Counter.builder("heliograph.delivery.publishes.failed")
                .description("Publishes that did not reach Redis")
                .register(registry);
    }

    void rooms(Map<?, ?> feeds) {
        Gauge.builder("heliograph.delivery.rooms", feeds, Map::size)
                .description("Rooms that someone on this replica listens to")
                .register(registry);
    }

    void delivered(long changes) {
        delivered.increment(changes);
    }

    void replayed(long changes) {
        replayed.increment(changes);
    }

    void gapFilled() {
        gapFills.increment();
    }

    void publishFailed(int publishes) {
        lostPublishes.increment(publishes);
    }
}
