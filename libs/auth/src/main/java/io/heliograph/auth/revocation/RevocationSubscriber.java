package io.heliograph.auth.revocation;

import io.heliograph.redis.RedisConnectionHolder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Keeps the {@link RevocationSet} up to date from Redis: at once by a channel, and, because a channel may lose
 * messages, by reading a sorted set of the same revocations at an interval. A new connection reads the whole set, later
 * reads only its new members. While Redis is unavailable, known revocations stay in force. Used on its own context
 * only.
 */
@Singleton
final class RevocationSubscriber {

    private static final Logger LOG = Logger.getLogger(RevocationSubscriber.class);

    /** The key of the set and the channel, as docs/adr/0013 has it. */
    private static final String REVOCATIONS = "heliograph:revocations";

    /** Members in one answer: some 50 KB, and less than a millisecond of the event loop. */
    private static final int PAGE = 1000;

    /**
     * The members of the last {@code ARGV[1]} milliseconds by the clock of Redis, the newest first: a member that is
     * added between two pages repeats another one, where in the other order a trimmed member would hide one.
     */
    private static final String READ = """
        local time = redis.call('TIME')
        local since = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[1]
        return redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', since, 'LIMIT', ARGV[2], ARGV[3])
        """;

    /** Failing from the first to this one, it is not because of the start. */
    private static final int START_ROUNDS = 5;

    private final Vertx vertx;
    private final Redis redis;
    private final RevocationConfig config;
    private final RevocationSet revocations;
    private final Context context;
    private final RedisConnectionHolder subscription;

    private boolean roundUnderWay;
    private long rounds;
    private volatile boolean away;
    private boolean stopped;
    /** Every revocation from before this time is known. */
    private long knownUntilNanos;

    RevocationSubscriber(
            Vertx vertx, Redis redis, RevocationConfig config, RevocationSet revocations, MeterRegistry registry) {
        this.vertx = vertx;
        this.redis = redis;
        this.config = config;
        this.revocations = revocations;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.subscription = new RedisConnectionHolder(context, redis, new Subscriber());
        Gauge.builder("heliograph.revocations.unavailable", this, bus -> bus.away ? 1 : 0)
                .description("1 while revocations cannot be read from Redis, else 0")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        context.runOnContext(ignored -> {
            round();
            vertx.setPeriodic(config.readInterval().toMillis(), timer -> round());
        });
    }

    void stop(@Observes ShutdownEvent event) {
        context.runOnContext(ignored -> {
            stopped = true;
            subscription.close();
        });
    }

    private void round() {
        revocations.expire(System.nanoTime());
        if (roundUnderWay || stopped) {
            return;
        }
        roundUnderWay = true;
        rounds++;
        connected().compose(listening -> read()).onComplete(done -> {
            roundUnderWay = false;
            report(done.cause());
        });
    }

    private Future<Void> connected() {
        if (subscription.current() != null) {
            subscribe(subscription.current());
            return Future.succeededFuture();
        }
        return here(bounded(subscription.get())).mapEmpty();
    }

    private final class Subscriber implements RedisConnectionHolder.Listener {

        @Override
        public void opened(RedisConnection connection) {
            knownUntilNanos = System.nanoTime() - config.retention().toNanos();
            subscribe(connection);
        }

        @Override
        public void received(Response message) {
            if (message.get(0).toString().equals("message")) {
                learn(message.get(2));
            }
        }
    }

    /** Repeated in each round, because idle connections are cut off on many networks. */
    private static void subscribe(RedisConnection connection) {
        connection.send(Request.cmd(Command.SUBSCRIBE).arg(REVOCATIONS));
    }

    private void learn(Response member) {
        Revocation.parse(member.toString()).ifPresent(known -> revocations.add(known, System.nanoTime()));
        Revocation.parseRestored(member.toString()).ifPresent(revocations::remove);
    }

    private Future<Void> read() {
        long start = System.nanoTime();
        long windowNanos = Math.min(
                config.retention().toNanos(),
                start - knownUntilNanos + config.overlap().toNanos());
        return read(TimeUnit.NANOSECONDS.toMillis(windowNanos), 0).onSuccess(done -> knownUntilNanos = start);
    }

    private Future<Void> read(long windowMillis, int offset) {
        Request page = Request.cmd(Command.EVAL)
                .arg(READ)
                .arg(1)
                .arg(REVOCATIONS)
                .arg(windowMillis)
                .arg(offset)
                .arg(PAGE);
        return here(send(page)).compose(members -> {
            members.forEach(this::learn);
            int next = offset + PAGE;
            boolean more = members.size() == PAGE && next < config.maxKnown();
            return more ? read(windowMillis, next) : Future.succeededFuture();
        });
    }

    /** Returns the connection to the pool in any case, so that a Redis that hangs does not occupy all of them. */
    private Future<Response> send(Request request) {
        return bounded(redis.connect()
                .compose(borrowed -> bounded(borrowed.send(request)).eventually(() -> borrowed.close())));
    }

    private void report(Throwable failure) {
        if (failure != null && !stopped && (!away || rounds == START_ROUNDS)) {
            // At first this process, and maybe Redis, is busy with its start.
            LOG.logf(
                    rounds < START_ROUNDS ? Level.INFO : Level.WARN,
                    "Revocations cannot be read from Redis (%s); known ones stay in force",
                    failure.getMessage());
        } else if (failure == null && away) {
            LOG.info("Revocations can be read from Redis again");
        }
        away = failure != null;
    }

    private <T> Future<T> bounded(Future<T> work) {
        return work.timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> Future<T> here(Future<T> work) {
        Promise<T> done = Promise.promise();
        work.onComplete(result -> context.runOnContext(ignored -> done.handle(result)));
        return done.future();
    }
}
