package io.heliograph.user.session;

import io.heliograph.user.problem.Refusal;
import io.heliograph.user.session.Rotation.Replayed;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Counts sign-ins, renewals and revocations by result. A rise of {@code bad_credentials} or {@code replayed} is an attack. */
@Singleton
class SessionMetrics {

    private static final Logger LOG = Logger.getLogger(SessionMetrics.class);

    private final MeterRegistry registry;

    SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void signedIn() {
        count("heliograph.sign.ins", "signed_in");
    }

    void signInRefused(Throwable refusal) {
        count("heliograph.sign.ins", ((Refusal) refusal).code());
    }

    void presented(Rotation rotation) {
        if (rotation instanceof Replayed replayed) {
            LOG.warnf(
                    "A spent refresh token came again: session %s of user %s is ended",
                    replayed.session().id(), replayed.session().user());
        }
        count("heliograph.session.renewals", rotation.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }

    void revoked(List<UUID> sessions) {
        count("heliograph.session.revocations", "told", sessions.size());
    }

    void revocationLost(List<UUID> sessions, String why) {
        LOG.warnf(
                "Nobody was told of %d ended sessions (%s); their tokens stay good until they expire",
                sessions.size(), why);
        count("heliograph.session.revocations", "lost", sessions.size());
    }

    private void count(String meter, String result) {
        count(meter, result, 1);
    }

    private void count(String meter, String result, int times) {
        registry.counter(meter, "result", result).increment(times);
    }
}
