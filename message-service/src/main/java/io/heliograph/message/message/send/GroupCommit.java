package io.heliograph.message.message.send;

import io.heliograph.message.database.CommitFailure;
import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.message.Message;
import io.heliograph.rest.problem.ProblemException;
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
 * Stores every message, whether it was sent over REST or over a WebSocket: collects sends into a commit, publishes the
 * stored messages to the live subscribers, and completes. A success means that the message is durable.
 */
@Singleton
public final class GroupCommit {

    /** The time in which a full queue is committed. */
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final SendRepository repository;
    private final LiveDelivery delivery;
    private final SendConfig config;
    private final SendMetrics metrics;
    private final CommitQueue[] queues;
    private final LiveTraffic live = new LiveTraffic(System::nanoTime);
    private final AtomicLong waitingBytes = new AtomicLong();

    GroupCommit(Vertx vertx, SendRepository repository, LiveDelivery delivery, SendConfig config, SendMetrics metrics) {
        this.repository = repository;
        this.delivery = delivery;
        this.config = config;
        this.metrics = metrics;
        this.queues = new CommitQueue[config.commitQueues()];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new CommitQueue(
                    vertx, ((VertxInternal) vertx).createEventLoopContext(), config, live, this::commit);
        }
        metrics.waitingBytes(waitingBytes);
    }

    /**
     * Fails with a {@link ProblemException} if too many sends wait, or with the failure of the store. In the latter
     * case the message may have been stored; the same send can be repeated safely, and returns the result.
     */
    public Future<SendResult> send(NewMessage send) {
        return send(new MessageBatch(List.of(send))).map(outcomes -> outcomes.get(0));
    }

    /** As {@link #send(NewMessage)}, for a job: sends of clients have priority, but leave it a share of the time. */
    public Future<SendResult> sendInBackground(NewMessage send) {
        return submit(new MessageBatch(List.of(send)), SendPriority.BACKGROUND).map(outcomes -> outcomes.get(0));
    }

    /** As {@link #send(NewMessage)}, for sends that are stored together with adjacent seqs, or not at all. */
    Future<List<SendResult>> send(MessageBatch batch) {
        live.arrived();
        return submit(batch, SendPriority.LIVE);
    }

    /** Whether clients send to this replica at the moment; then background work takes only a part of the time. */
    public boolean hasLiveTraffic() {
        return live.isExpected();
    }

    private Future<List<SendResult>> submit(MessageBatch batch, SendPriority priority) {
        int weight = batch.weight();
        if (waitingBytes.addAndGet(weight) > config.maxWaitingBytes()) {
            waitingBytes.addAndGet(-weight);
            metrics.refused("overloaded");
            return Future.failedFuture(ProblemException.unavailable(
                    "overloaded", "Too many messages are waiting to be stored.", COME_BACK));
        }
        long start = System.nanoTime();
        return queue(batch.room()).submit(batch, priority).onComplete(done -> {
            waitingBytes.addAndGet(-weight);
            if (priority == SendPriority.LIVE) {
                metrics.answered(System.nanoTime() - start);
            }
        });
    }

    private CommitQueue queue(UUID room) {
        return queues[Math.floorMod(room.hashCode(), queues.length)];
    }

    private Future<List<SendResult>> commit(List<MessageBatch> group, LockWaitPolicy lock) {
        long start = System.nanoTime();
        return store(group, lock)
                .timeout(config.commitTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(outcomes -> {
                    metrics.committed(outcomes, System.nanoTime() - start);
                    delivery.publish(stored(outcomes));
                })
                .onFailure(failure -> metrics.failed(MessageBatch.sends(group).size()));
    }

    /** Retries a group once if the connection was lost; halves a rejected group until the invalid send is alone. */
    private Future<List<SendResult>> store(List<MessageBatch> group, LockWaitPolicy lock) {
        return repository
                .append(group, lock)
                .recover(failure ->
                        CommitFailure.isCutOff(failure) ? repository.append(group, lock) : Future.failedFuture(failure))
                .recover(failure -> group.size() > 1 && CommitFailure.isRefusal(failure)
                        ? halves(group, lock)
                        : Future.failedFuture(failure));
    }

    private Future<List<SendResult>> halves(List<MessageBatch> group, LockWaitPolicy lock) {
        int middle = group.size() / 2;
        return store(group.subList(0, middle), lock).compose(first -> store(group.subList(middle, group.size()), lock)
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
