package io.heliograph.user.drain;

import io.heliograph.user.problem.Refusal;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Sends requests elsewhere in the second half of the delay of a shutdown. Whoever has not heard by then that this replica
 * goes would afterwards meet a 503 that leaves open whether anything was done; this one says, by a Retry-After of 0, that
 * nothing was, and that another replica can be asked at once.
 */
@Singleton
class Parting {

    private volatile boolean underWay;
    private volatile long refusesFrom;

    void begin(
            @Observes ShutdownDelayInitiatedEvent event,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0") Duration delay) {
        refusesFrom = System.nanoTime() + delay.toNanos() / 2;
        underWay = true;
    }

    @ServerRequestFilter(preMatching = true)
    public void refuse() {
        if (underWay && System.nanoTime() - refusesFrom >= 0) {
            throw Refusal.later("draining", "This replica is going away; another one takes over.", Duration.ZERO);
        }
    }
}
