package io.heliograph.user.session;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Counts what became of revocations; what people do is counted by the audit log. */
@Singleton
class SessionMetrics {

    private static final Logger LOG = Logger.getLogger(SessionMetrics.class);

    private final MeterRegistry registry;

    SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
        // From the start: what has never been counted cannot be seen to rise.
        count("told", 0);
        count("lost", 0);
    }

    void revoked(int revocations) {
        count("told", revocations);
    }

    void revocationLost(int revocations, String why) {
        LOG.warnf(
                "Nobody was told of %d ended sessions or accounts (%s); their tokens stay good until they expire",
                revocations, why);
        count("lost", revocations);
    }

    private void count(String result, int times) {
        registry.counter("heliograph.session.revocations", "result", result).increment(times);
    }
}
