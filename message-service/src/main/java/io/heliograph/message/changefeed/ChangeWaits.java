package io.heliograph.message.changefeed;

import io.heliograph.auth.revocation.RevocationSet;
import io.heliograph.message.delivery.ChangeWait;
import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.rest.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests of this replica that wait for a change of a room, bounded in total and per user. A wait costs the
 * database nothing: live delivery notifies it of changes. Thread-safe.
 */
@Singleton
final class ChangeWaits {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final LiveDelivery delivery;
    private final ChangeFeedConfig config;
    private final RevocationSet revocations;
    private final Set<LongPoll> open = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Integer> users = new HashMap<>();
    private int count;
    private volatile boolean draining;

    ChangeWaits(
            Vertx vertx,
            LiveDelivery delivery,
            ChangeFeedConfig config,
            RevocationSet revocations,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.delivery = delivery;
        this.config = config;
        this.revocations = revocations;
        Gauge.builder("heliograph.change.feed.waiting", open, Set::size)
                .description("Requests that wait for a change of a room on this replica")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        revocations.onRevoked(revocation -> open.forEach(LongPoll::end));
    }

    /**
     * Waits for a revision after {@code rev}. Completes without one at the end of the poll, when the user may no longer
     * read the room, when a token is revoked, and when this replica shuts down.
     *
     * @throws ProblemException if too many wait
     */
    Future<Void> await(UUID room, UUID user, long rev, LongPoll poll) {
        if (draining) {
            return Future.succeededFuture();
        }
        acquire(user);
        open.add(poll);
        if (draining) {
            poll.end();
        }
        long timer = vertx.setTimer(poll.millis(), late -> poll.end());
        EventLoop loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
        // Unsubscribes in any case, including a wait that ends while it still subscribes.
        delivery.enter(room, loop)
                .map(subscribers -> subscribers.awaitChange(user, rev))
                .onSuccess(wait -> follow(wait, poll))
                .onFailure(poll::fail);
        return poll.ended().onComplete(end -> {
            vertx.cancelTimer(timer);
            open.remove(poll);
            release(user);
        });
    }

    private static void follow(ChangeWait wait, LongPoll poll) {
        wait.ended().onSuccess(changed -> poll.end());
        poll.ended().onComplete(end -> wait.cancel());
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        endAll();
    }

    void stop(@Observes ShutdownEvent event) {
        endAll();
    }

    private void endAll() {
        draining = true;
        open.forEach(LongPoll::end);
    }

    private synchronized void acquire(UUID user) {
        int own = users.getOrDefault(user, 0);
        if (own >= config.maxWaitsPerUser()) {
            throw ProblemException.tooManyRequests(
                    "too_many_waits",
                    "As many requests of this person wait for changes as may: " + config.maxWaitsPerUser() + '.',
                    RETRY_AFTER);
        }
        if (count >= config.maxWaits()) {
            throw ProblemException.unavailable(
                    "overloaded", "Too many requests wait for changes on this replica.", RETRY_AFTER);
        }
        users.put(user, own + 1);
        count++;
    }

    private synchronized void release(UUID user) {
        count--;
        users.computeIfPresent(user, (id, own) -> own == 1 ? null : own - 1);
    }
}
