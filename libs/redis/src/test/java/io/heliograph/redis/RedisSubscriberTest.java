package io.heliograph.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.RedisServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RedisSubscriberTest {

    @TempDir
    static Path folder;

    private static RedisServer server;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RedisSubscriber subscriber = new RedisSubscriber(context, Redis.createClient(vertx, server.url()));
    private final Queue<String> news = new ConcurrentLinkedQueue<>();
    private final Queue<String> weather = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start(folder, FreePorts.next());
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @BeforeEach
    void subscribe() {
        context.runOnContext(ignored -> {
            subscriber.subscribe("news", news::add);
            subscriber.start();
            // Over the open connection, unless it is not open yet.
            subscriber.subscribe("weather", weather::add);
        });
    }

    @AfterEach
    void stop() {
        context.runOnContext(ignored -> subscriber.close());
        server.start();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldGiveEachListenerTheMessagesOfItsChannel() {
        awaitMessages("first");

        assertFalse(news.contains("weather first"));
        assertFalse(weather.contains("news first"));
    }

    @Test
    void shouldSubscribeAgainAfterTheConnectionWasLost() {
        awaitMessages("before");

        server.disconnectSubscribers();

        awaitMessages("after");
    }

    @Test
    void shouldSubscribeAgainAfterRedisWasStopped() {
        awaitMessages("before");

        server.stop();
        server.start();

        awaitMessages("after");
    }

    @Test
    void shouldReceiveNothingAfterItUnsubscribed() {
        awaitMessages("before");

        context.runOnContext(ignored -> subscriber.unsubscribe("weather"));
        await().until(() -> server.execute("PUBLISH weather unheard").equals("0"));

        awaitNews("after");
        assertFalse(weather.contains("unheard"));
    }

    private void awaitMessages(String text) {
        awaitNews(text);
        await().until(() -> {
            server.execute("PUBLISH weather \"weather " + text + "\"");
            return weather.contains("weather " + text);
        });
        assertTrue(news.contains("news " + text));
    }

    private void awaitNews(String text) {
        await().until(() -> {
            server.execute("PUBLISH news \"news " + text + "\"");
            return news.contains("news " + text);
        });
    }
}
