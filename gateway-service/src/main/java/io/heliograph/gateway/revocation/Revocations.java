package io.heliograph.gateway.revocation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which tokens are good no more, although nothing in them says so: what the bus has told, for as long as such a token
 * could live. Asked from any thread; learns and forgets on the context of the bus only.
 */
@Singleton
public final class Revocations {

    private record Known(Revocation revocation, long sinceNanos) {}

    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final Set<UUID> users = ConcurrentHashMap.newKeySet();
    private final Queue<Known> oldestFirst = new ArrayDeque<>();
    private final long retentionNanos;
    private final int maxKnown;
    private final Counter forgottenEarly;

    Revocations(RevocationConfig config, MeterRegistry registry) {
        this.retentionNanos = config.retention().toNanos();
        this.maxKnown = Math.max(1, config.maxKnown());
        this.forgottenEarly = Counter.builder("heliograph.revocations.forgotten.early")
                .description("Revocations forgotten before their tokens expired, because there were too many")
                .register(registry);
        Gauge.builder("heliograph.revocations.known", this, Revocations::size)
                .description("Sessions and people whose tokens are refused")
                .register(registry);
    }

    /** Whether a token of this session and person is to be refused. Takes two look-ups and no memory. */
    public boolean refuse(String session, UUID user) {
        return sessions.contains(session) || users.contains(user);
    }

    /** At this time of {@link System#nanoTime}. */
    void learn(Revocation revocation, long nowNanos) {
        if (!add(revocation)) {
            return;
        }
        oldestFirst.add(new Known(revocation, nowNanos));
        if (oldestFirst.size() > maxKnown) {
            forgottenEarly.increment();
            forgetOldest();
        }
    }

    /** What was learned so long ago that its tokens have expired. */
    void forget(long nowNanos) {
        while (!oldestFirst.isEmpty() && nowNanos - oldestFirst.peek().sinceNanos() > retentionNanos) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Revocation oldest = oldestFirst.remove().revocation();
        if (oldest instanceof Revocation.OfSession session) {
            sessions.remove(session.id());
        } else if (oldest instanceof Revocation.OfUser user) {
            users.remove(user.id());
        }
    }

    private boolean add(Revocation revocation) {
        return revocation instanceof Revocation.OfSession session
                ? sessions.add(session.id())
                : users.add(((Revocation.OfUser) revocation).id());
    }

    private int size() {
        return sessions.size() + users.size();
    }
}
