package io.heliograph.message.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GracePeriodTest {

    private static final Duration TIME = Duration.ofMillis(20);
    private static final Duration MAX = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean clientsWait = new AtomicBoolean();
    private final List<UUID> ended = new CopyOnWriteArrayList<>();
    private final GracePeriod grace = new GracePeriod(
            vertx,
            ((VertxInternal) vertx).createEventLoopContext(),
            () -> TIME,
            () -> MAX,
            clientsWait::get,
            (room, user, left) -> ended.add(user));
    private final UUID ada = UUID.randomUUID();
    private final UUID grete = UUID.randomUUID();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldEndInTheOrderOfItsStarts() {
        long now = System.nanoTime();
        grace.begin(UUID.randomUUID(), ada, now);
        grace.begin(UUID.randomUUID(), grete, now + 1);

        await().untilAsserted(() -> assertThat(ended).containsExactly(ada, grete));
    }

    @Test
    void shouldLastUntilClientsNoLongerWait() {
        clientsWait.set(true);
        long now = System.nanoTime();
        grace.begin(UUID.randomUUID(), ada, now);

        grace.endThoseDue(now + TIME.multipliedBy(1000).toNanos());
        assertThat(ended).isEmpty();

        clientsWait.set(false);
        await().untilAsserted(() -> assertThat(ended).containsExactly(ada));
    }

    @Test
    void shouldEndAtItsMaximumWhileClientsWait() {
        clientsWait.set(true);
        long now = System.nanoTime();
        grace.begin(UUID.randomUUID(), ada, now);

        grace.endThoseDue(now + MAX.toNanos());

        assertThat(ended).containsExactly(ada);
    }
}
