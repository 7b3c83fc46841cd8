package io.heliograph.auth.revocation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The sessions and users whose tokens are revoked, each for the maximum lifetime of such a token. Read from any thread;
 * changed on the context of the {@link RevocationSubscriber} only.
 */
@Singleton
public final class RevocationSet {

    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final Set<UUID> users = ConcurrentHashMap.newKeySet();
    /** The oldest first, with the time since when each is known. */
    private final Map<Revocation, Long> sinceNanos = new LinkedHashMap<>();

    private final long retentionNanos;
    private final int maxKnown;
    private final Counter forgottenEarly;
    private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

    RevocationSet(RevocationConfig config, MeterRegistry registry) {
        this.retentionNanos = config.retention().toNanos();
        this.maxKnown = Math.max(1, config.maxKnown());
        this.forgottenEarly = Counter.builder("heliograph.revocations.forgotten.early")
                .description("Revocations forgotten before their tokens expired, because there were too many")
                .register(registry);
        Gauge.builder("heliograph.revocations.known", this, RevocationSet::size)
                .description("Sessions and people whose tokens are refused")
                .register(registry);
    }

    /** Whether tokens of this session or person are revoked. Takes two look-ups and no memory. */
    public boolean isRevoked(String session, UUID user) {
        return sessions.contains(session) || users.contains(user);
    }

    /** {@code listener} gets each revocation once {@link #isRevoked} says so; it must not block. */
    public void onRevoked(Consumer<Revocation> listener) {
        listeners.add(listener);
    }

    /** At this time of {@link System#nanoTime}. */
    void add(Revocation revocation, long nowNanos) {
        if (!put(revocation)) {
            return;
        }
        sinceNanos.put(revocation, nowNanos);
        if (sinceNanos.size() > maxKnown) {
            forgottenEarly.increment();
            forgetOldest();
        }
        listeners.forEach(listener -> listener.accept(revocation));
    }

    /** Ends a revocation, if it is known. */
    void remove(Revocation revocation) {
        sinceNanos.remove(revocation);
        forget(revocation);
    }

    /** Removes the revocations whose tokens have all expired. */
    void expire(long nowNanos) {
        while (!sinceNanos.isEmpty()
                && nowNanos - sinceNanos.values().iterator().next() > retentionNanos) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        remove(sinceNanos.keySet().iterator().next());
    }

    private void forget(Revocation revocation) {
        if (revocation instanceof Revocation.OfSession session) {
            sessions.remove(session.id());
        } else if (revocation instanceof Revocation.OfUser user) {
            users.remove(user.id());
        }
    }

    private boolean put(Revocation revocation) {
        return revocation instanceof Revocation.OfSession session
                ? sessions.add(session.id())
                : users.add(((Revocation.OfUser) revocation).id());
    }

    private int size() {
        return sessions.size() + users.size();
    }
}
