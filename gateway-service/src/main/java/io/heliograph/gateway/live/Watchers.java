package io.heliograph.gateway.live;

import io.heliograph.auth.Caller;
import io.heliograph.auth.TokenException;
import io.heliograph.auth.TokenVerifier;
import io.heliograph.auth.revocation.RevocationSet;
import io.heliograph.gateway.live.LiveFrames.LiveCloseCode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The watchers of this gateway. Used from any thread. */
@Singleton
final class Watchers {

    /** The bound of the random reconnection delay, so that watchers do not all reconnect at once. */
    private static final int MAX_RECONNECT_MILLIS = 2_000;

    private final LiveConfig config;
    private final LiveView view;
    private final WatcherAuthentication authentication;
    private final Set<Watcher> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Runnable listener = () -> {};

    Watchers(LiveConfig config, LiveView view, WatcherAuthentication authentication, MeterRegistry registry) {
        this.config = config;
        this.view = view;
        this.authentication = authentication;
        Gauge.builder("heliograph.gateway.live.watchers", open, Set::size)
                .description("Watchers of the operations stream at this gateway")
                .register(registry);
    }

    LiveConfig config() {
        return config;
    }

    LiveView view() {
        return view;
    }

    WatcherAuthentication authentication() {
        return authentication;
    }

    /** Sets the listener that is called when the result of {@link #isWatched} may have changed. */
    void listener(Runnable changed) {
        listener = changed;
    }

    boolean isFull() {
        return count.get() >= config.maxWatchers();
    }

    /** Adds a watcher; returns false if the limit is reached. */
    boolean add(Watcher watcher) {
        if (count.incrementAndGet() > config.maxWatchers()) {
            count.decrementAndGet();
            return false;
        }
        open.add(watcher);
        changed();
        return true;
    }

    void remove(Watcher watcher) {
        if (open.remove(watcher)) {
            count.decrementAndGet();
            changed();
        }
    }

    void changed() {
        listener.run();
    }

    boolean isWatched(long nowNanos) {
        return open.stream().anyMatch(watcher -> watcher.isAlive(nowNanos));
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        drain();
    }

    /** Drains the watchers that connected during the drain, or all without a shutdown delay. */
    void stop(@Observes ShutdownEvent event) {
        drain();
    }

    private void drain() {
        open.forEach(watcher -> watcher.drain(ThreadLocalRandom.current().nextLong(MAX_RECONNECT_MILLIS)));
    }

    /** Authenticates watchers, and checks whether they may continue to watch. */
    @Singleton
    static final class WatcherAuthentication {

        private final TokenVerifier verifier;
        private final RevocationSet revocations;
        private final String role;

        WatcherAuthentication(TokenVerifier verifier, RevocationSet revocations, LiveConfig config) {
            this.verifier = verifier;
            this.revocations = revocations;
            this.role = config.role();
        }

        /** Verifies a token; fails if it is invalid. */
        Future<Caller> verify(String token) {
            return verifier.verifyToken(token);
        }

        boolean mayWatch(Caller caller) {
            return caller.roles().contains(role);
        }

        /** The close code if the caller may not watch, or not any longer; null if they may. */
        LiveCloseCode refusal(Caller caller) {
            if (revocations.isRevoked(caller.session(), caller.id())) {
                return LiveCloseCode.REVOKED;
            }
            if (!caller.expiresAt().isAfter(Instant.now())) {
                return LiveCloseCode.TOKEN_EXPIRED;
            }
            return mayWatch(caller) ? null : LiveCloseCode.FORBIDDEN;
        }

        /** The close code for a token that could not be verified; null if its validity is unknown. */
        static LiveCloseCode refusal(Throwable failure) {
            if (!(failure instanceof TokenException rejected)) {
                return LiveCloseCode.UNAUTHENTICATED;
            }
            return switch (rejected.reason()) {
                case KEYS_UNAVAILABLE, USERS_UNAVAILABLE -> null;
                case TOKEN_REVOKED -> LiveCloseCode.REVOKED;
                case UNAUTHENTICATED, INVALID_TOKEN -> LiveCloseCode.UNAUTHENTICATED;
            };
        }
    }
}
