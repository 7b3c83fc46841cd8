package io.heliograph.message.message.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.message.Message;
import io.heliograph.message.message.Sender;
import io.heliograph.message.testsupport.Settings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sends in random batches; the commits end at once, late or never. Each seed is one run: all together some
 * 12,000 batches, of which a quarter are repetitions, whole or in part, and a fifth of the commits fail.
 */
class CommitQueueTest {

    private static final int SEEDS = 60;
    private static final int BATCHES = 200;
    private static final int MAX_COMMIT_SIZE = 8;
    private static final int MAX_BACKGROUND_COMMIT_SIZE = 2;
    private static final String FRESH = "as it was first sent";
    private static final Vertx VERTX = Vertx.vertx();

    private record Submitted(MessageBatch batch, CompletableFuture<List<SendResult>> answer) {}

    private record Committed(List<MessageBatch> group, Throwable failure) {}

    static Stream<Long> seeds() {
        return IntStream.range(0, SEEDS).mapToObj(Long::valueOf);
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldCompleteEachSendOnceAndStoreEachRoomInOrder(long seed) throws Exception {
        Database database = new Database(VERTX.getOrCreateContext(), new Random(seed), false);
        CommitQueue queue = new CommitQueue(VERTX, database.context, settings(seed), traffic(seed), database::commit);

        List<Submitted> submitted = submit(queue, new Random(~seed));
        CompletableFuture.allOf(submitted.stream().map(Submitted::answer).toArray(CompletableFuture[]::new))
                .handle((done, failure) -> done)
                .get(2, TimeUnit.MINUTES);

        database.assertSound();
        submitted.forEach(each -> assertAnswered(each, database.commitsOf(each.batch)));
        assertThat(database.committed.stream().flatMap(each -> each.group.stream()))
                .containsExactlyInAnyOrderElementsOf(
                        submitted.stream().map(Submitted::batch).toList());
        assertThat(freshOf(database.committed.stream()
                        .flatMap(each -> each.group.stream())
                        .toList()))
                .isEqualTo(freshOf(submitted.stream().map(Submitted::batch).toList()));
    }

    /** Other transactions hold rows at random; nothing fails. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldStoreEachRoomInItsOrderWhenOthersHoldItsRow(long seed) throws Exception {
        Database database = new Database(VERTX.getOrCreateContext(), new Random(seed), true);
        CommitQueue queue = new CommitQueue(VERTX, database.context, settings(seed), traffic(seed), database::commit);

        List<Submitted> submitted = submit(queue, new Random(~seed));
        CompletableFuture.allOf(submitted.stream().map(Submitted::answer).toArray(CompletableFuture[]::new))
                .get(60, TimeUnit.SECONDS);

        database.assertSound();
        assertThat(database.skipped).isNotZero();
        assertThat(freshOf(database.committed.stream()
                        .flatMap(each -> each.group.stream())
                        .toList()))
                .isEqualTo(freshOf(submitted.stream().map(Submitted::batch).toList()));
    }

    /** A room whose row is never free fails after its time; those beside it are stored meanwhile. */
    @Test
    void shouldCommitOtherRoomsWhileOneStaysLocked() throws Exception {
        Context context = VERTX.getOrCreateContext();
        UUID locked = new UUID(0, 0);
        Promise<List<SendResult>> held = Promise.promise();
        CommitQueue queue = new CommitQueue(
                VERTX,
                context,
                settings(0),
                traffic(0),
                (group, lock) -> lock == LockWaitPolicy.WAIT
                        ? held.future()
                        : Future.succeededFuture(MessageBatch.sends(group).stream()
                                .map(send ->
                                        send.room().equals(locked) ? new SendResult.Contended() : Database.stored(send))
                                .toList()));
        Sender ada = new Sender(new UUID(1, 0), "ada", "Ada", false);

        Future<List<SendResult>> stuck =
                queue.submit(new MessageBatch(List.of(new NewMessage(locked, ada, "1", FRESH))), SendPriority.LIVE);
        for (int n = 1; n < 20; n++) {
            MessageBatch other = new MessageBatch(List.of(new NewMessage(new UUID(0, n), ada, "1", FRESH)));
            assertThat(queue.submit(other, SendPriority.LIVE)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS))
                    .hasSize(1);
        }
        assertThat(stuck.isComplete()).isFalse();
        Future<List<SendResult>> behind =
                queue.submit(new MessageBatch(List.of(new NewMessage(locked, ada, "2", FRESH))), SendPriority.LIVE);
        held.fail(new IllegalStateException("lock timeout"));

        for (Future<List<SendResult>> each : List.of(stuck, behind)) {
            assertThat(each.toCompletionStage().toCompletableFuture()).failsWithin(Duration.ofSeconds(60));
        }
    }

    /** Of every second run clients send all the time. */
    private static LiveTraffic traffic(long seed) {
        LiveTraffic traffic = new LiveTraffic(seed % 4 < 2 ? () -> 0 : System::nanoTime);
        traffic.arrived();
        return traffic;
    }

    /** One of the two senders is a job. */
    private static SendPriority priority(MessageBatch batch) {
        return batch.sends().get(0).sender().id().getLeastSignificantBits() == 0
                ? SendPriority.LIVE
                : SendPriority.BACKGROUND;
    }

    private static SendConfig settings(long seed) {
        return Settings.of(
                SendConfig.class,
                Map.of(
                        "heliograph.send.max-commit-size",
                        Integer.toString(MAX_COMMIT_SIZE),
                        "heliograph.send.max-background-commit-size",
                        Integer.toString(MAX_BACKGROUND_COMMIT_SIZE),
                        "heliograph.send.linger",
                        seed % 2 == 0 ? "0S" : "0.001S"));
    }

    /** Few rooms, senders and client ids, so that repetitions are frequent, and pauses in which the queue empties. */
    private static List<Submitted> submit(CommitQueue queue, Random random) {
        List<UUID> rooms = IntStream.range(0, 3).mapToObj(n -> new UUID(0, n)).toList();
        List<Submitted> submitted = new ArrayList<>();
        for (int n = 0; n < BATCHES; n++) {
            MessageBatch batch = n > 0 && random.nextInt(4) == 0
                    ? again(submitted.get(random.nextInt(n)).batch, random)
                    : fresh(rooms.get(random.nextInt(rooms.size())), n, random);
            submitted.add(new Submitted(
                    batch,
                    queue.submit(batch, priority(batch)).toCompletionStage().toCompletableFuture()));
            if (random.nextInt(20) == 0) {
                Thread.yield();
            }
        }
        return submitted;
    }

    /** Now and then one that is larger than a group should be. */
    private static MessageBatch fresh(UUID room, int number, Random random) {
        int size = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(MAX_COMMIT_SIZE + 3);
        Sender sender = new Sender(new UUID(1, random.nextInt(2)), "ada", "Ada", false);
        return new MessageBatch(IntStream.range(0, size)
                .mapToObj(n -> new NewMessage(room, sender, number + "-" + n, FRESH))
                .toList());
    }

    /** The same batch, or a part of it with other content. */
    private static MessageBatch again(MessageBatch batch, Random random) {
        NewMessage part = batch.sends().get(random.nextInt(batch.size()));
        return random.nextBoolean()
                ? batch
                : new MessageBatch(List.of(new NewMessage(part.room(), part.sender(), part.clientId(), "changed")));
    }

    private static void assertAnswered(Submitted submitted, List<Committed> commits) {
        if (submitted.answer.isCompletedExceptionally()) {
            assertThat(submitted.answer)
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(Exception.class)
                    .matches(failure -> commits.stream().anyMatch(commit -> commit.failure == failure.getCause()));
        } else {
            assertThat(submitted.answer.join())
                    .extracting(outcome -> outcome.messageOrRefusal().clientId())
                    .isEqualTo(submitted.batch.sends().stream()
                            .map(NewMessage::clientId)
                            .toList());
        }
    }

    /**
     * The first occurrence of each batch by room and sender, each of which has one priority, without batches that reuse
     * a client id for other content.
     */
    private static Map<List<UUID>, List<MessageBatch>> freshOf(List<MessageBatch> batches) {
        Map<List<UUID>, List<MessageBatch>> rooms = new HashMap<>();
        new LinkedHashSet<>(batches)
                .stream()
                        .filter(batch -> batch.sends().get(0).content().equals(FRESH))
                        .forEach(batch -> rooms.computeIfAbsent(
                                        List.of(
                                                batch.room(),
                                                batch.sends().get(0).sender().id()),
                                        room -> new ArrayList<>())
                                .add(batch));
        return rooms;
    }

    /** Takes one group at a time and fails some of them. Used on the context of the queue. */
    private static final class Database {

        private final Context context;
        private final Random random;
        private final List<Committed> committed = new ArrayList<>();
        private final boolean contention;
        private final Set<UUID> underWay = new HashSet<>();
        private int skipping;
        private int skipped;

        Database(Context context, Random random, boolean contention) {
            this.context = context;
            this.random = random;
            this.contention = contention;
        }

        Future<List<SendResult>> commit(List<MessageBatch> all, LockWaitPolicy lock) {
            Set<UUID> rooms = all.stream().map(MessageBatch::room).collect(Collectors.toSet());
            assertThat(Collections.disjoint(rooms, underWay))
                    .as("a room is in one commit at a time")
                    .isTrue();
            underWay.addAll(rooms);
            if (lock == LockWaitPolicy.SKIP) {
                assertThat(++skipping).isEqualTo(1);
            } else {
                assertThat(rooms).hasSize(1);
            }
            Set<UUID> locked = contention && lock == LockWaitPolicy.SKIP
                    ? rooms.stream().filter(room -> random.nextInt(5) == 0).collect(Collectors.toSet())
                    : Set.of();
            List<MessageBatch> group =
                    all.stream().filter(batch -> !locked.contains(batch.room())).toList();
            skipped += all.size() - group.size();
            Throwable failure = !contention && random.nextInt(5) == 0 ? new IllegalStateException("no commit") : null;
            committed.add(new Committed(group, failure));
            Promise<List<SendResult>> done = Promise.promise();
            after(random.nextInt(4) * random.nextInt(10), () -> {
                underWay.removeAll(rooms);
                if (lock == LockWaitPolicy.SKIP) {
                    skipping--;
                }
                if (failure == null) {
                    done.complete(MessageBatch.sends(all).stream()
                            .map(send -> locked.contains(send.room()) ? new SendResult.Contended() : stored(send))
                            .toList());
                } else {
                    done.fail(failure);
                }
            });
            return done.future();
        }

        void assertSound() {
            assertThat(underWay).isEmpty();
            for (Committed each : committed) {
                List<NewMessage> sends = MessageBatch.sends(each.group);
                assertThat(sends.size() <= MAX_COMMIT_SIZE || each.group.size() == 1)
                        .as("%d sends in %d batches", sends.size(), each.group.size())
                        .isTrue();
                Set<List<Object>> keys = new HashSet<>();
                sends.forEach(send -> keys.add(List.of(send.room(), send.sender(), send.clientId())));
                assertThat(keys).as("no send twice in a group").hasSameSizeAs(sends);
            }
        }

        List<Committed> commitsOf(MessageBatch batch) {
            return committed.stream().filter(each -> each.group.contains(batch)).toList();
        }

        /** After so many turns of the loop, in which more sends come. */
        private void after(int turns, Runnable next) {
            if (turns == 0) {
                next.run();
            } else {
                context.runOnContext(ignored -> after(turns - 1, next));
            }
        }

        private static SendResult stored(NewMessage send) {
            return new SendResult.Stored(
                    Message.sent(send.room(), 1, 1, send.sender(), send.clientId(), send.content(), Instant.EPOCH));
        }
    }
}
