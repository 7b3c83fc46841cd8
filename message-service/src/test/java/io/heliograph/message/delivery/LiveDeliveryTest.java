package io.heliograph.message.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.testsupport.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.inject.Vetoed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A room with random changes, a bus that drops, repeats, reorders and delays, a database that is slow or fails, and
 * clients that connect and disconnect: all end with the current state of the room. Pages and buffers are so small that
 * each of their bounds is reached. Each seed is one run: all together some 5,000 changes and 100 clients.
 */
class LiveDeliveryTest {

    private static final int SEEDS = 16;
    private static final int TURNS = 60;
    private static final int CLIENTS = 6;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final DeliveryConfig config = Settings.of(
            DeliveryConfig.class,
            Map.of(
                    "heliograph.delivery.gap-wait", "0.002S",
                    "heliograph.delivery.head-check-interval", "0.02S",
                    "heliograph.delivery.page-size", "5",
                    "heliograph.delivery.max-out-of-order", "4",
                    "heliograph.delivery.max-outbound-bytes", "700",
                    "heliograph.delivery.replay-buffer-bytes", "2000"));
    private final DeliveryMetrics metrics = new DeliveryMetrics(new SimpleMeterRegistry());

    static Stream<Long> seeds() {
        return IntStream.range(0, SEEDS).mapToObj(Long::valueOf);
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldDeliverEveryChangeOnceAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        SimulatedRoom room = new SimulatedRoom(vertx, new Random(random.nextLong()));
        LossyBus bus = new LossyBus(vertx, config, metrics, new Random(random.nextLong()));
        LiveDelivery delivery = new LiveDelivery(vertx, bus, room, config, metrics);
        delivery.start(new StartupEvent());

        List<SimulatedClient> clients = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            bus.away = random.nextInt(5) == 0 ? !bus.away : bus.away;
            for (int n = random.nextInt(12); n > 0; n--) {
                happen(room.commit(), delivery, bus, random);
            }
            if (clients.size() < CLIENTS && random.nextInt(5) == 0) {
                clients.add(client(delivery, room, random));
            }
            for (SimulatedClient client : clients) {
                on(client, client::step);
            }
            // Meanwhile the room responds and the bus delivers delayed changes.
            Thread.sleep(random.nextInt(2));
        }

        for (SimulatedClient client : clients) {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> {
                        on(client, client::keepUp);
                        return client.rev() == room.head();
                    });
            assertThat(client.picture()).isEqualTo(picture(room));
        }
    }

    /** A commit of this replica or of another; of another while the bus is down, so that gaps grow. */
    private static void happen(Change change, LiveDelivery delivery, LossyBus bus, Random random) {
        if (!bus.away && random.nextBoolean()) {
            delivery.publish(SimulatedRoom.ID, change);
        } else {
            bus.bring(change);
        }
    }

    /** A client that has seen the room up to some revision. */
    private SimulatedClient client(LiveDelivery delivery, SimulatedRoom room, Random random) {
        long rev = random.nextInt((int) room.head() + 1);
        ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
        return new SimulatedClient(delivery, context, new Random(random.nextLong()), room.at(rev), rev);
    }

    private static void on(SimulatedClient client, Runnable step) throws Exception {
        CompletableFuture.runAsync(step, client.loop()).get(2, TimeUnit.MINUTES);
    }

    private static Map<Long, SimulatedClient.Entry> picture(SimulatedRoom room) {
        return room.at(room.head()).values().stream()
                .collect(Collectors.toMap(message -> message.seq(), message -> SimulatedClient.Entry.of(message)));
    }

    /** Delivers what other replicas publish, and drops what this one publishes. */
    @Vetoed
    private static final class LossyBus extends SilentBus {

        private final Vertx vertx;
        private final Random random;
        private BiConsumer<UUID, List<Change>> arrived;
        private boolean away;

        LossyBus(Vertx vertx, DeliveryConfig config, DeliveryMetrics metrics, Random random) {
            super(vertx, config, metrics);
            this.vertx = vertx;
            this.random = random;
        }

        @Override
        void start(BiConsumer<UUID, List<Change>> arrived, Runnable reconnected) {
            this.arrived = arrived;
        }

        void bring(Change change) {
            for (int copies = away ? 0 : random.nextInt(3); copies > 0; copies--) {
                if (random.nextBoolean()) {
                    arrived.accept(SimulatedRoom.ID, List.of(change));
                } else {
                    vertx.setTimer(1 + random.nextInt(5), timer -> arrived.accept(SimulatedRoom.ID, List.of(change)));
                }
            }
        }
    }
}
