package io.heliograph.message.event;

import io.heliograph.message.delivery.EphemeralEvent;
import io.heliograph.message.delivery.SignalRouter;
import io.heliograph.message.limit.RateLimit;
import io.heliograph.message.message.Sender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Publishes events to those who have joined a room, on all replicas, within the limit of their senders. */
@Singleton
public final class EventPublisher {

    private final SignalRouter signals;
    private final RateLimit limit;
    private final Counter published;

    EventPublisher(SignalRouter signals, EventConfig config, MeterRegistry registry) {
        this.signals = signals;
        this.limit = RateLimit.perSecond("publish", "events", config::perSecond, config::burst, System::nanoTime);
        this.published = Counter.builder("heliograph.events.published")
                .description("Events of embedding applications that were published to rooms")
                .register(registry);
    }

    /** Whether this account may publish another event now; counts it. */
    public boolean admits(UUID account) {
        return limit.admits(account, 1);
    }

    /** As {@link #admits}, but throws {@code 429 rate_limited}. */
    void charge(UUID account) {
        limit.charge(account, 1);
    }

    public void publish(UUID room, Sender sender, RoomEvent event) {
        published.increment();
        signals.publish(room, EphemeralEvent.custom(room, sender, event.name(), event.data()));
    }
}
