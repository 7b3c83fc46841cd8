package io.heliograph.user.session;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Counts what became of revocations; what people do is counted by the audit log. */
@Singleton
class SessionMetrics {

    private static final Logger LOG = Logger.getLogger(SessionMetrics.class);

    private final MeterRegistry registry;

    SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void revoked(List<UUID> sessions) {
        count("told", sessions.size());
    }

    void revocationLost(List<UUID> sessions, String why) {
        LOG.warnf(
                "Nobody was told of %d ended sessions (%s); their tokens stay good until they expire",
                sessions.size(), why);
        count("lost", sessions.size());
    }

    private void count(String result, int times) {
        registry.counter("heliograph.session.revocations", "result", result).increment(times);
    }
}
