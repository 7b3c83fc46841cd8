package io.heliograph.user.session;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Counts the revocations that were published or lost; user actions are counted by the audit log. */
@Singleton
class SessionMetrics {

    private static final Logger LOG = Logger.getLogger(SessionMetrics.class);

    private final MeterRegistry registry;

    SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
        // Registered at the start: a counter that appears with its first event shows no increase.
        count("published", 0);
        count("lost", 0);
    }

    void revoked(int revocations) {
        count("published", revocations);
    }

    void revocationLost(int revocations, String why) {
        LOG.warnf(
                "%d ended sessions or accounts could not be published (%s); their tokens stay valid until they expire",
                revocations, why);
        count("lost", revocations);
    }

    private void count(String result, int times) {
        registry.counter("heliograph.session.revocations", "result", result).increment(times);
    }
}
