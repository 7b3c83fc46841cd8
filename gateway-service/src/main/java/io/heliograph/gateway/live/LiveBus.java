package io.heliograph.gateway.live;

import io.heliograph.gateway.live.SampleHistory.HistoryStore;
import io.heliograph.operations.OperationsChannels;
import io.heliograph.operations.SamplePublisher;
import io.heliograph.operations.WatchLease;
import io.heliograph.redis.PooledCommand;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Publishes a lease to all replicas and subscribes to their samples while this gateway has watchers. Used on its own
 * context only.
 */
@Singleton
final class LiveBus {

    private final Vertx vertx;
    private final Redis redis;
    private final Watchers watchers;
    private final LiveView view;
    private final SamplePublisher own;
    private final Context context;
    private final String gateway = UUID.randomUUID().toString();

    private boolean watching;
    private boolean renewing;
    private long timer;

    LiveBus(Vertx vertx, Redis redis, Watchers watchers, LiveView view, SamplePublisher own) {
        this.vertx = vertx;
        this.redis = redis;
        this.watchers = watchers;
        this.view = view;
        this.own = own;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
    }

    void start(@Observes StartupEvent event) {
        watchers.listener(() -> context.runOnContext(ignored -> check()));
    }

    void stop(@Observes ShutdownEvent event) {
        context.runOnContext(ignored -> end());
    }

    private void check() {
        boolean watched = watchers.isWatched(System.nanoTime());
        if (watched && !watching) {
            begin();
        } else if (!watched && watching) {
            end();
        }
    }

    private void begin() {
        view.begin();
        watching = true;
        own.listen(message -> ReplicaSample.parse(message).ifPresent(view::receive));
        timer = vertx.setPeriodic(WatchLease.RENEWAL.toMillis(), fired -> round());
        renew();
        new HistoryStore(redis)
                .read()
                .onComplete(read -> context.runOnContext(ignored -> {
                    if (watching) {
                        view.historyRead(read.succeeded() ? read.result() : List.of());
                    }
                }));
    }

    private void round() {
        check();
        if (watching) {
            renew();
            view.tick();
        }
    }

    private void end() {
        if (watching) {
            watching = false;
            vertx.cancelTimer(timer);
            own.stopListening();
            view.end();
            WatchLease ended = new WatchLease(gateway, Duration.ZERO);
            own.lease(ended);
            publish(ended);
        }
    }

    /** Renews the lease, for this replica directly, in case Redis is unavailable. */
    private void renew() {
        WatchLease lease = new WatchLease(gateway, WatchLease.LENGTH);
        own.lease(lease);
        // One command at a time, so that a hanging Redis does not use up the connections.
        if (!renewing) {
            renewing = true;
            publish(lease).onComplete(done -> context.runOnContext(ignored -> renewing = false));
        }
    }

    private Future<Response> publish(WatchLease lease) {
        return PooledCommand.send(
                redis,
                Request.cmd(Command.PUBLISH).arg(OperationsChannels.WATCHERS).arg(lease.encode()));
    }
}
