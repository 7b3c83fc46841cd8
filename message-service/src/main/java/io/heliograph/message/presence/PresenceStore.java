package io.heliograph.message.presence;

import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * The entries of all replicas in Redis: a sorted set per room, each entry with the time at which it expires unless it is
 * stored again. Times are those of Redis, so that the clocks of replicas do not matter. Everything fails
 * within the timeout.
 */
@Singleton
final class PresenceStore {

    /** Stores the entries {@code ARGV[2…]} for {@code ARGV[1]} milliseconds. */
    private static final String STORE = """
            local time = redis.call('TIME')
            local expiry = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1]
            for i = 2, #ARGV do redis.call('ZADD', KEYS[1], expiry, ARGV[i]) end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            """;

    private static final String READ = """
            local time = redis.call('TIME')
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', time[1] * 1000 + math.floor(time[2] / 1000))
            return redis.call('ZRANGE', KEYS[1], 0, -1)
            """;

    private final Redis redis;
    private final PresenceConfig config;

    PresenceStore(Redis redis, PresenceConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /** Stores the events in this order. */
    Future<Void> store(Collection<PresenceEvent> events) {
        return pipeline(events.stream()
                        .map(event -> event.came() ? store(event.room(), List.of(event.who())) : remove(event))
                        .toList())
                .mapEmpty();
    }

    /** Renews these entries of each room until the next expiry. */
    Future<Void> store(Map<UUID, List<PresenceEntry>> rooms) {
        List<Request> requests = new ArrayList<>(rooms.size());
        rooms.forEach((room, entries) -> requests.add(store(room, entries)));
        return pipeline(requests).mapEmpty();
    }

    /** All entries of each of these rooms. */
    Future<Map<UUID, List<PresenceEntry>>> read(List<UUID> rooms) {
        return pipeline(rooms.stream().map(PresenceStore::read).toList()).map(answers -> {
            Map<UUID, List<PresenceEntry>> entries = new HashMap<>();
            for (int i = 0; i < answers.size(); i++) {
                entries.put(rooms.get(i), entries(answers.get(i)));
            }
            return entries;
        });
    }

    private Request store(UUID room, List<PresenceEntry> entries) {
        Request request = script(STORE, room).arg(config.expiry().toMillis());
        entries.forEach(who -> request.arg(who.text()));
        return request;
    }

    private static Request remove(PresenceEvent event) {
        return Request.cmd(Command.ZREM).arg(key(event.room())).arg(event.who().text());
    }

    private static Request read(UUID room) {
        return script(READ, room);
    }

    /** Redis caches compiled scripts; sending the few lines costs less than asking whether it still has this one. */
    private static Request script(String script, UUID room) {
        return Request.cmd(Command.EVAL).arg(script).arg(1).arg(key(room));
    }

    private static String key(UUID room) {
        return "heliograph:presence:{" + room + "}";
    }

    /** Pipelines the requests on one connection. Unlike a batch, they may go to several nodes of a cluster. */
    private Future<List<Response>> pipeline(List<Request> requests) {
        return bounded(redis.connect().compose(connection -> send(connection, requests)));
    }

    /** Always returns the connection: a Redis that hangs must not take all connections from live delivery. */
    private Future<List<Response>> send(RedisConnection connection, List<Request> requests) {
        List<Future<Response>> answers = requests.stream().map(connection::send).toList();
        return bounded(Future.join(answers).<List<Response>>map(CompositeFuture::list))
                .eventually(() -> connection.close());
    }

    private <T> Future<T> bounded(Future<T> work) {
        return work.timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static List<PresenceEntry> entries(Response members) {
        return StreamSupport.stream(members.spliterator(), false)
                .map(member -> PresenceEntry.parse(member.toString()))
                .flatMap(Optional::stream)
                .toList();
    }
}
