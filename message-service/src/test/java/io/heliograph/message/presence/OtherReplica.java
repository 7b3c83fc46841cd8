package io.heliograph.message.presence;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.heliograph.message.message.Sender;
import io.heliograph.message.testsupport.Person;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another replica, as seen through Redis: it stores presence, publishes, and subscribes. */
final class OtherReplica {

    private static final String NAME = "another-replica";
    private static final String CHANNEL = "heliograph:room:";

    private final Redis redis;
    private final PresenceStore store;

    OtherReplica(Redis redis, PresenceStore store) {
        this.redis = redis;
        this.store = store;
    }

    static PresenceEntry entry(Person person) {
        return new PresenceEntry(
                NAME, new Sender(person.id(), person.username(), person.username(), false), Instant.ofEpochMilli(1));
    }

    /** Until it expires, without publishing it. */
    void stores(UUID room, Person person) {
        await(store.store(List.of(new PresenceEvent(room, entry(person), true))));
    }

    /** As a live replica does it. */
    void publishesEvent(UUID room, Person person, boolean came) {
        PresenceEvent event = new PresenceEvent(room, entry(person), came);
        await(store.store(List.of(event)));
        publishes(room, "presence " + event.text());
    }

    void publishes(UUID room, String line) {
        await(redis.send(Request.cmd(Command.PUBLISH).arg(CHANNEL + room).arg(NAME + "\n" + line + "\n")));
    }

    /** All lines that are published in the room from now on. */
    List<String> lines(UUID room) {
        List<String> lines = new CopyOnWriteArrayList<>();
        RedisConnection connection = await(redis.connect());
        connection.handler(message -> {
            if (message.get(0).toString().equals("message")) {
                lines.add(message.get(2).toString());
            }
        });
        await(connection.send(Request.cmd(Command.SUBSCRIBE).arg(CHANNEL + room)));
        return lines;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, SECONDS)
                .join();
    }
}
