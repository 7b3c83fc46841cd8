package io.heliograph.message.socket;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open sockets of this replica. */
@Singleton
final class Sessions {

    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    Sessions(MeterRegistry registry) {
        Gauge.builder("heliograph.socket.connections", open, Set::size)
                .description("Open WebSocket connections")
                .register(registry);
    }

    void add(Session session) {
        open.add(session);
        if (draining) {
            session.drain();
        }
    }

    void remove(Session session) {
        open.remove(session);
    }

    /** Whether this replica takes no more sockets. */
    boolean draining() {
        return draining;
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        drain();
    }

    /** Without a delay this is the first we hear of it. */
    void stop(@Observes ShutdownEvent event) {
        drain();
    }

    private void drain() {
        draining = true;
        open.forEach(Session::drain);
    }
}
