package io.heliograph.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RedisCommandsTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private RedisServer server;
    private RedisCommands commands;

    @BeforeEach
    void start() {
        server = RedisServer.start(folder, FreePorts.next());
        commands = new RedisCommands(
                vertx.getOrCreateContext(), Redis.createClient(vertx, server.url()), 30_000, "nothing is missing");
    }

    @AfterEach
    void stop() {
        commands.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Test
    void shouldOpenTheCircuitAfterFailuresAndCloseItOnceRedisIsBack() {
        assertEquals("PONG", ping());
        assertFalse(commands.isCircuitOpen());

        server.stop();
        await().until(() -> {
            ping();
            return commands.isCircuitOpen();
        });

        server.start();
        await().until(() -> "PONG".equals(ping()));
        assertFalse(commands.isCircuitOpen());
    }

    /** Null if it failed. */
    private String ping() {
        return commands.send(Request.cmd(Command.PING))
                .toCompletionStage()
                .toCompletableFuture()
                .handle((answer, failure) -> failure == null ? answer.toString() : null)
                .join();
    }
}
