package io.heliograph.message.presence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

@Singleton
final class PresenceMetrics {

    private final MeterRegistry registry;
    private final AtomicInteger entries = new AtomicInteger();

    PresenceMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("heliograph.presence.users", entries, AtomicInteger::get)
                .description("Users in rooms on this replica, each once per room")
                .register(registry);
    }

    void rooms(Map<?, ?> rooms) {
        Gauge.builder("heliograph.presence.rooms", rooms, Map::size)
                .description("Rooms with a user of this replica in them")
                .register(registry);
    }

    void changed(boolean came) {
        entries.addAndGet(came ? 1 : -1);
    }
}
