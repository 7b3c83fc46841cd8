package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> done = new ArrayList<>();
    private final Heartbeat heartbeat =
            new Heartbeat(vertx, Duration.ofDays(1), () -> done.add("ping"), () -> done.add("gone"));

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void shouldGiveUpWhoIsSilentForMoreThanTwoBeats() {
        heartbeat.beat();
        heartbeat.beat();
        assertThat(done).containsExactly("ping", "ping");

        heartbeat.beat();

        assertThat(done).containsExactly("ping", "ping", "gone");
    }

    @Test
    void shouldKeepWhoShowsLifeBetweenTheBeats() {
        for (int beat = 0; beat < 10; beat++) {
            heartbeat.beat();
            heartbeat.beat();
            heartbeat.lifeSeen();
        }

        assertThat(done).hasSize(20).containsOnly("ping");
    }
}
