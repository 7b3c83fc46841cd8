package io.heliograph.gateway.cache;

import io.heliograph.redis.RedisCommands;
import io.heliograph.redis.RedisConnectionHolder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Distributes purges to all gateways over Redis: at once by a channel, and, because a channel may lose messages, by a
 * sorted set that each gateway reads at intervals. Used on its own context only.
 */
@Singleton
final class PurgeBus {

    /** Purges in one page: some 100 KB. */
    private static final int PAGE = 1_000;

    private final Vertx vertx;
    private final CacheConfig config;
    private final PurgeLog log;
    private final Context context;
    private final RedisCommands commands;
    private final RedisConnectionHolder subscription;

    private boolean reading;
    private boolean stopped;
    private long readUntil;
    private volatile long lastReadNanos = System.nanoTime();

    PurgeBus(Vertx vertx, Redis redis, CacheConfig config, PurgeLog log) {
        this.vertx = vertx;
        this.config = config;
        this.log = log;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.commands = new RedisCommands(
                context,
                redis,
                Math.max(1_000, config.timeout().toMillis()),
                "purges are published to the other gateways once it does");
        this.subscription = new RedisConnectionHolder(context, redis, new Subscriber());
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
            subscription.close();
            commands.close();
        });
    }

    /** Whether purges have not been read for so long that stored entries may be outdated. */
    boolean isLagging() {
        return config.shared()
                && System.nanoTime() - lastReadNanos > config.maxPurgeLag().toNanos();
    }

    /** Purges locally at once. Fails if the purge could not be published yet; it is retried. */
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
        return commands.send(PurgeScript.add(purge)).map(generation -> {
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

    /** Repeats the subscription in each round, since many networks close idle connections. */
    private void listen() {
        if (subscription.current() != null) {
            subscription.current().send(PurgeScript.subscribe());
        } else {
            subscription.get();
        }
    }

    private final class Subscriber implements RedisConnectionHolder.Listener {

        @Override
        public void opened(RedisConnection connection) {
            connection.send(PurgeScript.subscribe());
        }

        @Override
        public void received(Response message) {
            if (message.get(0).toString().equals("message")) {
                String text = message.get(2).toString();
                int space = text.indexOf(' ');
                if (space > 0 && text.chars().limit(space).allMatch(c -> c >= '0' && c <= '9')) {
                    record(text.substring(space + 1), Long.parseLong(text, 0, space, 10));
                }
            }
        }
    }

    private Future<Void> read(long startNanos) {
        return commands.send(PurgeScript.read(readUntil, PAGE)).compose(page -> {
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

    /** Publishes one purge after the other, until one fails. */
    private Future<Void> publishAll(List<Purge> unpublished) {
        return unpublished.isEmpty()
                ? Future.succeededFuture()
                : publish(unpublished.get(0))
                        .compose(published -> publishAll(unpublished.subList(1, unpublished.size())));
    }

    private void record(String text, long generation) {
        Purge.parse(text).ifPresent(purge -> log.record(purge, generation));
    }

    /**
     * The purges in Redis: a sorted set of the latest, by generation. A generation is the time of Redis in
     * microseconds, or the last generation plus one, so that it grows even if Redis has lost its data.
     */
    static final class PurgeScript {

        private static final String PURGES = "heliograph:{cache}:purges";
        private static final String FLOOR = "heliograph:{cache}:purged-until";
        private static final String CHANNEL = "heliograph:cache:purges";

        /**
         * Purges in Redis, of a thousand bytes each at most. Past it the oldest is dropped, and all entries that were
         * stored before it become invalid.
         */
        private static final int MOST = 5_000;

        /** Longer than any entry is stored. */
        private static final long KEPT_MICROS = 2 * 24 * 60 * 60 * 1_000_000L;

        private static final String ADD = """
                local time = redis.call('TIME')
                local generation = time[1] * 1000000 + time[2]
                local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
                if last[2] and tonumber(last[2]) >= generation then
                    generation = tonumber(last[2]) + 1
                end
                local text = string.format('%.0f', generation)
                redis.call('ZADD', KEYS[1], text, ARGV[1])
                redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', generation - ARGV[4]))
                local surplus = redis.call('ZCARD', KEYS[1]) - ARGV[3]
                if surplus > 0 then
                    local dropped = redis.call('ZRANGE', KEYS[1], surplus - 1, surplus - 1, 'WITHSCORES')
                    redis.call('SET', KEYS[2], string.format('%.0f', tonumber(dropped[2])))
                    redis.call('ZREMRANGEBYRANK', KEYS[1], 0, surplus - 1)
                end
                redis.call('PUBLISH', ARGV[2], text .. ' ' .. ARGV[1])
                return text
                """;

        private static final String READ = """
                local floor = redis.call('GET', KEYS[2]) or '0'
                local later = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
                for i = 2, #later, 2 do
                    later[i] = string.format('%.0f', tonumber(later[i]))
                end
                return {floor, later}
                """;

        private PurgeScript() {}

        /** Adds a purge; the reply is its generation. */
        static Request add(Purge purge) {
            return script(ADD).arg(purge.toString()).arg(CHANNEL).arg(MOST).arg(KEPT_MICROS);
        }

        /**
         * The reply has the generation up to which purges were dropped, and the texts and generations of those after
         * {@code since}.
         */
        static Request read(long since, int most) {
            return script(READ).arg(since).arg(most);
        }

        static Request subscribe() {
            return Request.cmd(Command.SUBSCRIBE).arg(CHANNEL);
        }

        private static Request script(String text) {
            return Request.cmd(Command.EVAL).arg(text).arg(2).arg(PURGES).arg(FLOOR);
        }
    }
}
