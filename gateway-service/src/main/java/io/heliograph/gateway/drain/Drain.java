package io.heliograph.gateway.drain;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Whether this gateway is going away: then it serves on, and asks each client to come back on another connection. */
@Singleton
public final class Drain {

    private volatile boolean underWay;

    public boolean isUnderWay() {
        return underWay;
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        underWay = true;
    }

    /** Without a delay this is the first we hear of it. */
    void end(@Observes ShutdownEvent event) {
        underWay = true;
    }
}
