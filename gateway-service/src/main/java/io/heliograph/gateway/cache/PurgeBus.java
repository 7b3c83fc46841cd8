package io.heliograph.gateway.cache;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Tells all gateways over Redis what is purged: at once by a channel, and, since that may lose, by a set that each
 * reads in rounds. Used on its own context only.
 */
@Singleton
final class PurgeBus {

    /** Purges in one answer: some 100 KB. */
    private static final int PAGE = 1_000;

    private final Vertx vertx;
    private final Redis redis;
    private final CacheConfig config;
    private final PurgeLog log;
    private final Context context;
    private final RedisConnectionHolder connection;

    private RedisConnection listening;
    private boolean opening;
    private boolean reading;
    private boolean stopped;
    private long readUntil;
    private volatile long lastReadNanos = System.nanoTime();

    PurgeBus(Vertx vertx, Redis redis, CacheConfig config, PurgeLog log) {
        this.vertx = vertx;
        this.redis = redis;
        this.config = config;
        this.log = log;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.connection = new RedisConnectionHolder(
                context, redis, Math.max(1_000, config.timeout().toMillis()));
    }

    void start(@Observes StartupEvent event) {
        if (config.shared()) {
            context.runOnContext(ignored -> {
                round();
                vertx.setPeriodic(config.readInterval().toMillis(), timer -> round());
            });
        }
    }

    void stop(@Observes ShutdownEvent event) {
        context.runOnContext(ignored -> {
            stopped = true;
            if (listening != null) {
                listening.close();
            }
            connection.close();
        });
    }

    /** Whether it has not been heard for so long what was purged that what is stored is not to be trusted. */
    boolean isLagging() {
        return config.shared()
                && System.nanoTime() - lastReadNanos > config.maxPurgeLag().toNanos();
    }

    /** Here at once in any case. Fails if Redis could not be told yet; that is tried again then. */
    Future<Void> purge(Purge purge) {
        if (!config.shared()) {
            log.start(purge);
            log.published(purge, log.generation() + 1);
            return Future.succeededFuture();
        }
        log.start(purge);
        return publish(purge);
    }

    private Future<Void> publish(Purge purge) {
        return connection.send(PurgeScript.add(purge)).map(generation -> {
            log.published(purge, generation.toLong());
            return null;
        });
    }

    private void round() {
        if (stopped) {
            return;
        }
        listen();
        if (!reading) {
            reading = true;
            read(System.nanoTime())
                    .compose(done -> publishAll(log.unpublished()))
                    .onComplete(done -> reading = false);
        }
    }

    /** Said again in each round: a connection that carries nothing for long is cut off on many ways. */
    private void listen() {
        if (listening != null) {
            listening.send(PurgeScript.subscribe());
        } else if (!opening) {
            opening = true;
            redis.connect()
                    .onComplete(opened -> context.runOnContext(ignored -> {
                        opening = false;
                        if (opened.succeeded()) {
                            use(opened.result());
                        }
                    }));
        }
    }

    private void use(RedisConnection opened) {
        if (stopped) {
            opened.close();
            return;
        }
        listening = opened;
        opened.handler(message -> context.runOnContext(ignored -> receive(message)));
        opened.endHandler(end -> context.runOnContext(ignored -> lost(opened)));
        opened.exceptionHandler(failure -> context.runOnContext(ignored -> lost(opened)));
        listen();
    }

    private void lost(RedisConnection which) {
        if (listening == which) {
            listening = null;
            which.close();
        }
    }

    private void receive(Response message) {
        if (message.get(0).toString().equals("message")) {
            String text = message.get(2).toString();
            int space = text.indexOf(' ');
            if (space > 0 && text.chars().limit(space).allMatch(c -> c >= '0' && c <= '9')) {
                record(text.substring(space + 1), Long.parseLong(text, 0, space, 10));
            }
        }
    }

    private Future<Void> read(long startNanos) {
        return connection.send(PurgeScript.read(readUntil, PAGE)).compose(page -> {
            log.discardUntil(page.get(0).toLong());
            Response members = page.get(1);
            for (int i = 0; i < members.size(); i += 2) {
                readUntil = members.get(i + 1).toLong();
                record(members.get(i).toString(), readUntil);
            }
            if (members.size() == 2 * PAGE) {
                return read(startNanos);
            }
            lastReadNanos = startNanos;
            return Future.succeededFuture();
        });
    }

    /** One after the other, as long as Redis answers. */
    private Future<Void> publishAll(List<Purge> untold) {
        return untold.isEmpty()
                ? Future.succeededFuture()
                : publish(untold.get(0)).compose(told -> publishAll(untold.subList(1, untold.size())));
    }

    private void record(String text, long generation) {
        Purge.parse(text).ifPresent(purge -> log.record(purge, generation));
    }
}
