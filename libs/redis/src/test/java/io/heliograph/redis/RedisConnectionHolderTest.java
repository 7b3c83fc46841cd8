package io.heliograph.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.RedisServer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RedisConnectionHolderTest {

    private static final String CHANNEL = "news";

    @TempDir
    static Path folder;

    private static RedisServer server;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Redis redis = Redis.createClient(vertx, server.url());
    private final Subscriber subscriber = new Subscriber();
    private final RedisConnectionHolder holder = new RedisConnectionHolder(context, redis, subscriber);

    /** Subscribes on each connection, as the users of a holder do. */
    private static final class Subscriber implements RedisConnectionHolder.Listener {

        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger lost = new AtomicInteger();
        private final Queue<String> received = new ConcurrentLinkedQueue<>();

        @Override
        public void opened(RedisConnection connection) {
            opened.incrementAndGet();
            connection.send(Request.cmd(Command.SUBSCRIBE).arg(CHANNEL));
        }

        @Override
        public void lost() {
            lost.incrementAndGet();
        }

        @Override
        public void received(Response message) {
            if (message.get(0).toString().equals("message")) {
                received.add(message.get(2).toString());
            }
        }
    }

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start(folder, FreePorts.next());
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @AfterEach
    void stop() {
        server.start();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldOpenOneConnectionForConcurrentCallers() {
        List<RedisConnection> got = onContext(() -> Future.all(IntStream.range(0, 20)
                                .mapToObj(i -> holder.get())
                                .toList())
                        .map(all -> all.<RedisConnection>list()))
                .join();

        got.forEach(connection -> assertSame(got.get(0), connection));
        assertEquals(1, subscriber.opened.get());
    }

    @Test
    void shouldReceiveOnANewConnectionAfterOneWasLost() {
        onContext(holder::get).join();
        await().until(() -> {
            publish("first");
            return subscriber.received.contains("first");
        });

        server.disconnectSubscribers();
        await().until(() -> subscriber.lost.get() == 1);
        onContext(holder::get).join();

        await().until(() -> {
            publish("second");
            return subscriber.received.contains("second");
        });
        assertEquals(2, subscriber.opened.get());
    }

    @Test
    void shouldFailWhileRedisIsDownAndOpenAgainAfterwards() {
        onContext(holder::get).join();
        server.stop();
        await().until(() -> subscriber.lost.get() == 1);

        assertTrue(onContext(holder::get)
                .handle((open, failure) -> failure != null)
                .join());

        server.start();
        onContext(holder::get).join();
        assertEquals(2, subscriber.opened.get());
    }

    @Test
    void shouldCountDroppedButNotClosedConnectionsAsLost() {
        onContext(holder::get).join();
        onContext(() -> {
                    holder.drop();
                    return Future.succeededFuture();
                })
                .join();
        assertEquals(1, subscriber.lost.get());

        onContext(holder::get).join();
        onContext(() -> {
                    holder.close();
                    return Future.succeededFuture();
                })
                .join();

        assertTrue(onContext(holder::get)
                .handle((open, failure) -> failure != null)
                .join());
        assertEquals(1, subscriber.lost.get());
    }

    private static void publish(String text) {
        server.execute("PUBLISH " + CHANNEL + " " + text);
    }

    private <T> CompletableFuture<T> onContext(Supplier<Future<T>> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(ignored -> work.get().onSuccess(done::complete).onFailure(done::completeExceptionally));
        return done;
    }
}
