package io.heliograph.message.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.message.ChangePage;
import io.heliograph.message.message.RoomLog;
import io.heliograph.message.testsupport.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoop;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many rooms a replica has open, its own queries leave the pool to the requests of users. */
class DeliveryQueriesTest {

    private static final int ROOMS = 1_500;
    private static final UUID LEAVER = UUID.randomUUID();
    private static final UUID MEMBER = UUID.randomUUID();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final DeliveryConfig config = Settings.of(
            DeliveryConfig.class,
            Map.of(
                    "heliograph.delivery.gap-wait", "0.001S",
                    "heliograph.delivery.head-check-interval", "0.01S",
                    "heliograph.delivery.head-check-rooms", "100"));
    private final DeliveryMetrics metrics = new DeliveryMetrics(new SimpleMeterRegistry());
    private final SlowLog log = new SlowLog();
    private final LiveDelivery delivery =
            new LiveDelivery(vertx, new SilentBus(vertx, config, metrics), log, config, metrics);

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void shouldCheckTheMembersOfAllRoomsWithOneQueryAtATime() {
        List<ChangeWait> leavers = waits(LEAVER);
        List<ChangeWait> members = waits(MEMBER);

        delivery.checkMembers();

        await().until(() -> leavers.stream().allMatch(wait -> wait.ended().isComplete()));
        assertThat(members).noneMatch(wait -> wait.ended().isComplete());
        assertThat(log.memberQueries.most()).isEqualTo(1);
    }

    @Test
    void shouldNotCheckMembersAgainWhileACheckRuns() {
        List<ChangeWait> leavers = waits(LEAVER);
        Promise<Void> database = Promise.promise();
        log.database = database.future();
        delivery.checkMembers();
        await().until(() -> log.memberQueries.count.get() == 1);

        delivery.checkMembers();
        database.complete();

        await().until(() -> leavers.stream().allMatch(wait -> wait.ended().isComplete()));
        assertThat(log.checkedUsers.get()).isEqualTo(ROOMS);
    }

    @Test
    void shouldFillTheGapsOfAllRoomsWithFewQueriesAtATime() {
        List<ChangeWait> waits = waits(MEMBER);
        log.head = 1;

        delivery.start(new StartupEvent());

        await().until(() -> waits.stream().allMatch(wait -> wait.ended().isComplete()));
        assertThat(log.changeQueries.most()).isEqualTo(config.maxReads());
    }

    @Test
    void shouldCompareTheHeadsOfAllRoomsWithOneQueryAtATime() {
        waits(MEMBER);
        log.headQueries.count.set(0);

        delivery.start(new StartupEvent());

        await().until(() -> log.headQueries.count.get() > 3 * ROOMS / config.headCheckRooms());
        assertThat(log.headQueries.most()).isEqualTo(1);
    }

    /** One wait for a change in each room, on both event loops. */
    private List<ChangeWait> waits(UUID user) {
        List<EventLoop> loops = new ArrayList<>();
        ((VertxInternal) vertx).getEventLoopGroup().forEach(loop -> loops.add((EventLoop) loop));
        List<Future<ChangeWait>> waits = IntStream.range(0, ROOMS)
                .mapToObj(n -> delivery.enter(new UUID(0, n), loops.get(n % loops.size()))
                        .map(subscribers -> subscribers.awaitChange(user, 0)))
                .toList();
        Future<?> all = Future.all(waits);
        await().until(all::isComplete);
        return waits.stream().map(Future::result).collect(Collectors.toList());
    }

    /** Queries of one kind, and how many were under way at most. */
    private static final class Queries {

        private final AtomicInteger count = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final List<Integer> seen = Collections.synchronizedList(new ArrayList<>());

        int most() {
            return Collections.max(seen);
        }
    }

    /** Each query takes some milliseconds. */
    private final class SlowLog implements RoomLog {

        private final Queries memberQueries = new Queries();
        private final Queries changeQueries = new Queries();
        private final Queries headQueries = new Queries();
        private final AtomicInteger checkedUsers = new AtomicInteger();
        private volatile long head;
        private volatile Future<Void> database = Future.succeededFuture();

        @Override
        public Future<ChangePage> changedAfter(UUID room, long rev, int limit, long bytes) {
            return slow(changeQueries, () -> new ChangePage(List.of(), head, false));
        }

        @Override
        public Future<Map<UUID, Long>> heads(List<UUID> rooms) {
            return slow(headQueries, () -> rooms.stream().collect(Collectors.toMap(room -> room, room -> head)));
        }

        @Override
        public Future<List<Boolean>> areMembers(List<RoomUser> users) {
            checkedUsers.addAndGet(users.size());
            return slow(
                    memberQueries,
                    () -> users.stream().map(each -> each.user().equals(MEMBER)).toList());
        }

        private <T> Future<T> slow(Queries queries, Supplier<T> result) {
            queries.count.incrementAndGet();
            queries.seen.add(queries.running.incrementAndGet());
            Promise<T> done = Promise.promise();
            vertx.setTimer(
                    2,
                    timer -> database.onComplete(up -> {
                        queries.running.decrementAndGet();
                        done.complete(result.get());
                    }));
            return done.future();
        }
    }
}
