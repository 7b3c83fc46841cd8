package io.heliograph.message.websocket;

import io.heliograph.message.limit.TokenBucket;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.revocation.Revocations;
import io.heliograph.message.token.Caller;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The open sockets of this replica, and whose they are. Used from any thread. */
@Singleton
final class SessionRegistry {

    /** How often a drain closes its share of the sockets, in milliseconds. */
    private static final long DRAIN_STEP = 50;

    /** The longest that one who is refused stays away, in seconds. */
    private static final int MAX_COME_BACK = 4;

    private final Vertx vertx;
    private final SocketConfig config;
    private final Revocations revocations;
    private final SocketMetrics metrics;
    private final TokenBucket openings;
    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private final Map<UUID, AtomicInteger> socketsOfUsers = new ConcurrentHashMap<>();
    private final SessionIndex holders = new SessionIndex();
    private volatile boolean draining;

    SessionRegistry(Vertx vertx, SocketConfig config, Revocations revocations, SocketMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.revocations = revocations;
        this.metrics = metrics;
        this.openings = new TokenBucket(config::opensPerSecond, config::openBurst, System::nanoTime);
        metrics.open(open, socketsOfUsers);
    }

    void start(@Observes StartupEvent event) {
        revocations.onRevoked(revocation -> holders.of(revocation).forEach(Session::recheck));
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

    /** Counts a socket of this person, unless there are too many already. Undone by {@link #leave}. */
    boolean enter(UUID user) {
        AtomicInteger sockets = socketsOfUsers.compute(user, (id, known) -> {
            AtomicInteger counted = known == null ? new AtomicInteger() : known;
            counted.incrementAndGet();
            return counted;
        });
        if (sockets.get() > config.maxSocketsPerUser()) {
            leave(user);
            return false;
        }
        return true;
    }

    void leave(UUID user) {
        socketsOfUsers.computeIfPresent(user, (id, known) -> known.decrementAndGet() == 0 ? null : known);
    }

    /** From now on this socket hears when this caller is revoked. Undone by {@link #release}. */
    void hold(Caller caller, Session session) {
        holders.add(caller, session);
    }

    void release(Caller caller, Session session) {
        holders.remove(caller, session);
    }

    /** Whether this replica is going away. */
    boolean isDraining() {
        return draining;
    }

    boolean isRevoked(Caller caller) {
        return revocations.refuse(caller.session(), caller.id());
    }

    /** Why this replica takes no more sockets now, if so; else one more is counted as opened. */
    Optional<Refusal> admit() {
        Optional<Refusal> refusal = draining
                ? Optional.of(later("draining", "This replica is going away; another one takes over."))
                : openings.admits()
                        ? Optional.empty()
                        : Optional.of(later("overloaded", "Too many connections are being opened."));
        refusal.ifPresent(refused -> metrics.refused(refused.code()));
        return refusal;
    }

    void closed(CloseCode code) {
        metrics.closed(code);
    }

    /**
     * All are told at once and closed little by little, so that the other replicas are not stormed. Without a delay the
     * server is closed next, so they are closed at once.
     */
    void drain(
            @Observes ShutdownDelayInitiatedEvent event,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0") Duration delay) {
        Queue<Session> leaving = new ArrayDeque<>(announceDrain());
        if (delay.isZero()) {
            leaving.forEach(Session::drain);
            return;
        }
        long steps = Math.max(1, config.drainPeriod().toMillis() / DRAIN_STEP);
        int share = (int) ((leaving.size() + steps - 1) / steps);
        vertx.setPeriodic(DRAIN_STEP, timer -> {
            for (int i = 0; i < share && !leaving.isEmpty(); i++) {
                leaving.remove().drain();
            }
            if (leaving.isEmpty()) {
                vertx.cancelTimer(timer);
            }
        });
    }

    /** All who have to go. From now on no socket is closed with another code, and none is opened. */
    Set<Session> announceDrain() {
        draining = true;
        metrics.draining();
        open.forEach(Session::announceDrain);
        return open;
    }

    /** Those that were opened as the drain began. */
    void stop(@Observes ShutdownEvent event) {
        draining = true;
        open.forEach(Session::drain);
    }

    /** Those who are refused together should not come back together. */
    private static Refusal later(String code, String detail) {
        return Refusal.later(
                code, detail, Duration.ofSeconds(ThreadLocalRandom.current().nextInt(1, MAX_COME_BACK + 1)));
    }
}
