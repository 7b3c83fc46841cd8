package io.heliograph.message.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

@Singleton
class DeliveryMetrics {

    private final MeterRegistry registry;
    private final Counter delivered;
    private final Counter replayed;
    private final Counter gapFills;
    private final Counter lostPublishes;
    /** Unavailable until the first connection is open. */
    private final AtomicInteger busAway = new AtomicInteger(1);

    private final Counter pagesRead;
    private final Counter pagesShared;
    private final Timer latency;
    private final Map<Subscription.EndReason, Counter> interruptions;
    private final Counter ephemerals;
    private final Map<SlowConsumerAction, Counter> slowConsumers;

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
                .description("Gaps in the changes of the bus that were filled from PostgreSQL")
                .register(registry);
        this.latency = Timer.builder("heliograph.delivery.latency")
                .description("From the commit to the write to the sockets of one event loop")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(registry);
        this.interruptions = byKind(
                Subscription.EndReason.class,
                "reason",
                Counter.builder("heliograph.delivery.interruptions")
                        .description("Subscriptions that ended without a leave of the client"));
        this.pagesRead = pages("read");
        this.pagesShared = pages("shared");
        this.lostPublishes = Counter.builder("heliograph.delivery.publishes.failed")
                .description("Publishes that did not reach Redis")
                .register(registry);
        Gauge.builder("heliograph.delivery.bus.unavailable", busAway, AtomicInteger::get)
                .description("1 while there is no connection to Redis for the changes of other replicas, else 0")
                .register(registry);
        this.ephemerals = Counter.builder("heliograph.ephemeral.events")
                .description("Frames of typing, reading, presence and other events written to sockets")
                .register(registry);
        this.slowConsumers = byKind(
                SlowConsumerAction.class,
                "policy",
                Counter.builder("heliograph.delivery.slow.consumers")
                        .description("Times that a socket read too slowly, by the action that was taken"));
    }

    private <K extends Enum<K>> Map<K, Counter> byKind(Class<K> kinds, String tag, Counter.Builder builder) {
        Meter.MeterProvider<Counter> provider = builder.withRegistry(registry);
        Map<K, Counter> counters = new EnumMap<>(kinds);
        for (K kind : kinds.getEnumConstants()) {
            counters.put(kind, provider.withTag(tag, kind.name().toLowerCase(Locale.ROOT)));
        }
        return counters;
    }

    private Counter pages(String source) {
        return Counter.builder("heliograph.delivery.pages")
                .tag("source", source)
                .description(
                        "Pages for subscriptions that catch up: read from PostgreSQL, or shared at the same position")
                .register(registry);
    }

    void page(boolean shared) {
        (shared ? pagesShared : pagesRead).increment();
    }

    void keptPageBytes(AtomicLong bytes) {
        Gauge.builder("heliograph.delivery.page.bytes", bytes, AtomicLong::get)
                .description("Pages kept for other subscriptions at the same position")
                .baseUnit("bytes")
                .register(registry);
    }

    void rooms(Map<?, ?> feeds) {
        Gauge.builder("heliograph.delivery.rooms", feeds, Map::size)
                .description("Rooms with a subscriber on this replica")
                .register(registry);
    }

    /** {@code committedMillis} is 0 where the time of the commit is not known. */
    void delivered(long changes, long committedMillis) {
        delivered.increment(changes);
        if (changes > 0 && committedMillis > 0) {
            latency.record(System.currentTimeMillis() - committedMillis, TimeUnit.MILLISECONDS);
        }
    }

    void interrupted(Subscription.EndReason why) {
        interruptions.get(why).increment();
    }

    void replayed(long changes) {
        replayed.increment(changes);
    }

    void ephemeralDelivered() {
        ephemerals.increment();
    }

    void slowConsumer(SlowConsumerAction policy) {
        slowConsumers.get(policy).increment();
    }

    void gapFilled() {
        gapFills.increment();
    }

    void busConnected() {
        busAway.set(0);
    }

    void busLost() {
        busAway.set(1);
    }

    void publishFailed(int publishes) {
        lostPublishes.increment(publishes);
    }
}
