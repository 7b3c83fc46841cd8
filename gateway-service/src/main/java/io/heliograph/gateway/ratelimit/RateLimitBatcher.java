package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.RateLimitStore.CheckBatch;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Sends the checks of one event loop to Redis in batches. While several checks are in flight, the next ones wait and
 * form a batch, so that batches grow with load and a lone check does not wait. Checks that Redis does not decide within
 * the timeout are decided by {@link LocalRateLimiter}, as are all while the {@link StoreCircuitBreaker} is open. Used
 * on its own event loop only.
 */
final class RateLimitBatcher {

    /** The checks of a tenth of a second of one busy event loop; further ones are decided locally at once. */
    private static final int MAX_WAITING = 2_000;

    /**
     * While fewer than this many checks are in flight, the next ones are sent at once: commands of single checks cost
     * more than batches, which matters only under load.
     */
    private static final int MAX_UNBATCHED = 4;

    private final Context context;
    private final RateLimitStore store;
    private final StoreCircuitBreaker breaker;
    private final LocalRateLimiter local;
    private final RateLimitMetrics metrics;
    private final RateLimiterConfig config;
    private final DenialCache denialCache = new DenialCache();
    private final Queue<RateLimitCheck> waiting = new ArrayDeque<>();

    /** The batches in flight, in the order in which they were sent. */
    private final Queue<SentBatch> sent = new ArrayDeque<>();

    /** The number of checks in flight. */
    private int inFlight;

    /** Whether sending the waiting checks has been scheduled. */
    private boolean scheduled;

    /**
     * Whether a check of the deadline has been scheduled: one at a time, since nearly every batch is answered long
     * before.
     */
    private boolean deadlineScheduled;

    private record SentBatch(CheckBatch checks, long sentNanos, long deadlineNanos) {

        int size() {
            return checks.checks().size();
        }
    }

    RateLimitBatcher(
            Context context,
            RateLimitStore store,
            LocalRateLimiter local,
            RateLimitMetrics metrics,
            RateLimiterConfig config) {
        this.context = context;
        this.store = store;
        this.local = local;
        this.metrics = metrics;
        this.config = config;
        this.breaker = new StoreCircuitBreaker(context, store, metrics, config);
    }

    /** Probes Redis for the first time. {@code done} is called once the probe has succeeded or failed. */
    void start(Runnable done) {
        breaker.start(done);
    }

    void decide(RateLimitCheck check) {
        if (denialCache.rejects(check, check.startNanos())) {
            check.complete();
        } else if (breaker.isOpen() || waiting.size() == MAX_WAITING) {
            decideLocally(check);
        } else {
            waiting.add(check);
            if (!scheduled && inFlight < MAX_UNBATCHED) {
                scheduled = true;
                // After the other events of this turn of the event loop, so that their checks join the batch.
                context.runOnContext(ignored -> {
                    scheduled = false;
                    sendNext();
                });
            }
        }
    }

    private void sendNext() {
        if (waiting.isEmpty() || inFlight >= MAX_UNBATCHED) {
            return;
        }
        CheckBatch batch = new CheckBatch();
        long deadlineNanos = waiting.element().startNanos() + config.timeout().toNanos();
        while (!waiting.isEmpty() && batch.tryAdd(waiting.element())) {
            waiting.remove();
        }
        SentBatch next = new SentBatch(batch, System.nanoTime(), deadlineNanos);
        sent.add(next);
        inFlight += next.size();
        scheduleDeadline();
        store.decide(batch).onComplete(response -> onResponse(next, response));
    }

    private void scheduleDeadline() {
        if (!deadlineScheduled) {
            deadlineScheduled = true;
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(sent.element().deadlineNanos() - System.nanoTime());
            context.owner().setTimer(Math.max(1, leftMillis + 1), ignored -> {
                deadlineScheduled = false;
                checkDeadline();
            });
        }
    }

    private void checkDeadline() {
        if (sent.isEmpty()) {
            return;
        }
        if (sent.element().deadlineNanos() - System.nanoTime() > 0) {
            scheduleDeadline();
        } else {
            onFailure("no answer within " + config.timeout());
        }
    }

    private void onResponse(SentBatch batch, AsyncResult<Buffer> response) {
        if (!sent.contains(batch)) {
            return;
        }
        if (response.failed()) {
            onFailure(response.cause().getMessage());
            return;
        }
        sent.remove(batch);
        inFlight -= batch.size();
        breaker.onResponse();
        metrics.redisResponded(batch.size(), System.nanoTime() - batch.sentNanos());
        batch.checks().applyResponse(response.result());
        // Before the requests of this batch proceed, so that the next batch does not wait for them.
        sendNext();
        for (RateLimitCheck check : batch.checks().checks()) {
            denialCache.record(check, batch.sentNanos());
            check.complete();
        }
    }

    /** Decides all checks locally: later batches wait behind the one that failed. */
    private void onFailure(String reason) {
        List<SentBatch> lost = List.copyOf(sent);
        sent.clear();
        inFlight = 0;
        breaker.onFailure(reason);
        lost.forEach(batch -> batch.checks().checks().forEach(this::decideLocally));
        while (!waiting.isEmpty()) {
            decideLocally(waiting.remove());
        }
    }

    private void decideLocally(RateLimitCheck check) {
        local.decide(check);
        check.complete();
    }
}
