package io.heliograph.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The timeouts of the connections of a pool. */
class SessionPoolTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT30S", "PT15.001S, PT30S", "PT30S, PT30S"})
    void shouldRejectTimeoutsThatWouldCloseConnectionsInUse(Duration idle, Duration readIdle) {
        assertThrows(IllegalArgumentException.class, () -> create(idle, readIdle));
    }

    @Test
    void shouldAcceptAReadIdleTimeoutOfTwiceTheIdleTimeout() {
        assertDoesNotThrow(() -> create(Duration.ofSeconds(15), Duration.ofSeconds(30)));
    }

    private void create(Duration idle, Duration readIdle) {
        SessionPool.create(List.of(new PgConnectOptions()), new PoolOptions(), idle, readIdle, vertx);
    }
}
