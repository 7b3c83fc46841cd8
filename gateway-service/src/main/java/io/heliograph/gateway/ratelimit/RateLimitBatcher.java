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

    /** A tenth of a second of one busy event loop; what is beyond is decided here, at once. */
    private static final int MAX_WAITING = 2_000;

    /**
     * As long as fewer than this are with Redis, others follow at once: a command for each costs more than to gather them,
     * which does not matter before there are many.
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

    /** Those that Redis has not answered, in the order in which they were sent. */
    private final Queue<SentBatch> sent = new ArrayDeque<>();

    /** How many requests are in them. */
    private int inFlight;

    /** Whether those that wait are about to be sent. */
    private boolean scheduled;

    /** Whether a look at the deadline is to come: one at a time, as nearly every batch is answered long before. */
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

    /** Asks Redis for the first time. {@code done} is run once that has gone well or failed. */
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
                // After what else this turn of the event loop brings, which costs no time and gathers.
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
        // Before these go on, so that nobody waits for the other.
        sendNext();
        for (RateLimitCheck check : batch.checks().checks()) {
            denialCache.record(check, batch.sentNanos());
            check.complete();
        }
    }

    /** What was sent later waits behind what is missed: none of it is waited for. */
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
