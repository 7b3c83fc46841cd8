package io.heliograph.message.websocket;

import io.heliograph.auth.Caller;
import io.heliograph.auth.revocation.RevocationSet;
import io.heliograph.message.overload.OverloadControl;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The open sessions of this replica, by user and by revocable id; closes them during a drain. Thread-safe. */
@Singleton
final class SessionRegistry {

    /** How often a drain closes its share of the sockets, in milliseconds. */
    private static final long DRAIN_STEP = 50;

    /** The upper bound of {@code Retry-After} of a replica that drains, in seconds. */
    private static final int MAX_RETRY_AFTER = 4;

    private final Vertx vertx;
    private final SocketConfig config;
    private final RevocationSet revocations;
    private final SocketMetrics metrics;
    private final OverloadControl overload;
    private final Set<OpenSession> open = ConcurrentHashMap.newKeySet();
    private final UserConnections users;
    private final SessionIndex index = new SessionIndex();
    private volatile boolean draining;

    SessionRegistry(
            Vertx vertx,
            SocketConfig config,
            RevocationSet revocations,
            SocketMetrics metrics,
            OverloadControl overload) {
        this.vertx = vertx;
        this.config = config;
        this.revocations = revocations;
        this.metrics = metrics;
        this.overload = overload;
        this.users = new UserConnections(config::maxSocketsPerUser);
        metrics.open(open, users);
    }

    void start(@Observes StartupEvent event) {
        revocations.onRevoked(revocation -> index.of(revocation).forEach(OpenSession::recheck));
    }

    void add(OpenSession session) {
        open.add(session);
        if (draining) {
            session.drain();
        }
    }

    void remove(OpenSession session) {
        open.remove(session);
    }

    /** Counts a socket of this user, unless the limit is reached. Undone by {@link #removeUser}. */
    boolean addUser(UUID user) {
        return users.add(user);
    }

    void removeUser(UUID user) {
        users.remove(user);
    }

    /** Registers the session for revocations of this caller. Undone by {@link #removeCaller}. */
    void addCaller(Caller caller, OpenSession session) {
        index.add(caller, session);
    }

    void removeCaller(Caller caller, OpenSession session) {
        index.remove(caller, session);
    }

    /** Whether this replica is shutting down. */
    boolean isDraining() {
        return draining;
    }

    boolean isRevoked(Caller caller) {
        return revocations.isRevoked(caller.session(), caller.id());
    }

    /** The problem for a new socket while this replica drains. Jittered, so that clients do not reconnect together. */
    Optional<ProblemException> refusal() {
        if (!draining) {
            return Optional.empty();
        }
        metrics.refused("draining");
        return Optional.of(ProblemException.unavailable(
                "draining",
                "This replica is going away; another one takes over.",
                Duration.ofSeconds(ThreadLocalRandom.current().nextInt(1, MAX_RETRY_AFTER + 1))));
    }

    /** The problem for a new socket that is not admitted. */
    ProblemException overloaded(Duration retryAfter) {
        return refusal().orElseGet(() -> {
            metrics.refused("overloaded");
            return ProblemException.unavailable(
                    "overloaded", "More connections are being opened than can be served.", retryAfter);
        });
    }

    void closed(CloseCode code) {
        metrics.closed(code);
    }

    /**
     * Announces the drain to all sessions at once and closes them over the drain period, so that the other replicas are
     * not overloaded. Without a delay the server is closed next, so they are closed at once.
     */
    void drain(
            @Observes ShutdownDelayInitiatedEvent event,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0") Duration delay) {
        Queue<OpenSession> remaining = new ArrayDeque<>(announceDrain());
        if (delay.isZero()) {
            remaining.forEach(OpenSession::drain);
            return;
        }
        long steps = Math.max(1, config.drainPeriod().toMillis() / DRAIN_STEP);
        int share = (int) ((remaining.size() + steps - 1) / steps);
        vertx.setPeriodic(DRAIN_STEP, timer -> {
            for (int i = 0; i < share && !remaining.isEmpty(); i++) {
                remaining.remove().drain();
            }
            if (remaining.isEmpty()) {
                vertx.cancelTimer(timer);
            }
        });
    }

    /** Returns the open sessions. From now on no socket is closed with another code, and none is opened. */
    Set<OpenSession> announceDrain() {
        draining = true;
        metrics.draining();
        overload.rejectOpenings();
        open.forEach(OpenSession::announceDrain);
        return open;
    }

    /** Closes the sessions that were opened while the drain began. */
    void stop(@Observes ShutdownEvent event) {
        draining = true;
        open.forEach(OpenSession::drain);
    }
}
