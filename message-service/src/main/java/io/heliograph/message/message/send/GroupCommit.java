package io.heliograph.message.message.send;

import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.message.Message;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.store.CommitFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one way a message comes into being, over REST and over the socket alike: gathered with others into a commit, then
 * answered, then told to those who listen. An answer means that the message is durable.
 */
@Singleton
public final class GroupCommit {

    /** The queue that is full holds about this much work. */
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final SendRepository repository;
    private final LiveDelivery delivery;
    private final SendConfig config;
    private final SendMetrics metrics;
    private final CommitQueue[] lanes;
    private final AtomicLong waitingBytes = new AtomicLong();

    GroupCommit(Vertx vertx, SendRepository repository, LiveDelivery delivery, SendConfig config, SendMetrics metrics) {
        this.repository = repository;
        this.delivery = delivery;
        this.config = config;
        this.metrics = metrics;
        this.lanes = new CommitQueue[config.lanes()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new CommitQueue(vertx, ((VertxInternal) vertx).createEventLoopContext(), config, this::commit);
        }
        metrics.waitingBytes(waitingBytes);
    }

    /**
     * Fails with a {@link Refusal} when too many wait, or with the failure of the store; then the message may or may not have been stored,
     * and the same send repeated is safe and tells.
     */
    public Future<SendResult> send(NewMessage send) {
        return send(new MessageBatch(List.of(send))).map(outcomes -> outcomes.get(0));
    }

    /** The same for sends that are stored together, with nothing between them in their room, or not at all. */
    Future<List<SendResult>> send(MessageBatch bundle) {
        int weight = bundle.weight();
        if (waitingBytes.addAndGet(weight) > config.maxWaitingBytes()) {
            waitingBytes.addAndGet(-weight);
            metrics.refused("overloaded");
            return Future.failedFuture(
                    Refusal.later("overloaded", "Too many messages are waiting to be stored.", COME_BACK));
        }
        long start = System.nanoTime();
        return lane(bundle.room()).submit(bundle).onComplete(done -> {
            waitingBytes.addAndGet(-weight);
            metrics.answered(System.nanoTime() - start);
        });
    }

    private CommitQueue lane(UUID room) {
        return lanes[Math.floorMod(room.hashCode(), lanes.length)];
    }

    private Future<List<SendResult>> commit(List<MessageBatch> batch, LockWaitPolicy lock) {
        long start = System.nanoTime();
        return store(batch, lock)
                .timeout(config.commitTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(outcomes -> {
                    metrics.committed(outcomes, System.nanoTime() - start);
                    delivery.publish(stored(outcomes));
                })
                .onFailure(failure -> metrics.failed(MessageBatch.sends(batch).size()));
    }

    /** A batch that was cut off is tried once more; one that the database refuses is halved until the bad one is alone. */
    private Future<List<SendResult>> store(List<MessageBatch> batch, LockWaitPolicy lock) {
        return repository
                .append(batch, lock)
                .recover(failure ->
                        CommitFailure.isCutOff(failure) ? repository.append(batch, lock) : Future.failedFuture(failure))
                .recover(failure -> batch.size() > 1 && CommitFailure.isRefusal(failure)
                        ? halves(batch, lock)
                        : Future.failedFuture(failure));
    }

    private Future<List<SendResult>> halves(List<MessageBatch> batch, LockWaitPolicy lock) {
        int middle = batch.size() / 2;
        return store(batch.subList(0, middle), lock).compose(first -> store(batch.subList(middle, batch.size()), lock)
                .map(second -> {
                    List<SendResult> both = new ArrayList<>(first);
                    both.addAll(second);
                    return both;
                }));
    }

    private static List<Message> stored(List<SendResult> outcomes) {
        return outcomes.stream()
                .filter(SendResult.Stored.class::isInstance)
                .map(outcome -> ((SendResult.Stored) outcome).message())
                .toList();
    }
}
