package io.heliograph.gateway.ratelimit;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The requests of one event loop on their way to Redis. While it decides several, the next gather, and go together: so
 * one command decides the more, the busier it is, and where few come none waits for another. A request that Redis does
 * not decide within the timeout is decided by the {@link LocalLimiter}, with all that are under way or wait, and so is
 * each that comes while the {@link StoreBreaker} is open. Used on its own event loop only.
 */
final class Lane {

    /** A tenth of a second of one busy event loop; what is beyond is decided here, at once. */
    private static final int MAX_WAITING = 2_000;

    /**
     * As long as fewer than this are with Redis, others follow at once: a command for each costs more than to gather them,
     * which does not matter before there are many.
     */
    private static final int FEW = 4;

    private final Context context;
    private final LimitStore store;
    private final StoreBreaker breaker;
    private final LocalLimiter local;
    private final LimitMetrics metrics;
    private final LimiterConfig config;
    private final Denials denials = new Denials();
    private final Queue<Demand> waiting = new ArrayDeque<>();

    /** Those that Redis has not answered, in the order in which they were sent. */
    private final Queue<Question> asked = new ArrayDeque<>();

    /** How many requests are in them. */
    private int underWay;

    /** Whether those that wait are about to be sent. */
    private boolean woken;

    /** Whether a look at the deadline is to come: one at a time, as nearly every batch is answered long before. */
    private boolean timed;

    private record Question(Batch batch, long sentNanos, long deadlineNanos) {

        int size() {
            return batch.demands().size();
        }
    }

    Lane(Context context, LimitStore store, LocalLimiter local, LimitMetrics metrics, LimiterConfig config) {
        this.context = context;
        this.store = store;
        this.local = local;
        this.metrics = metrics;
        this.config = config;
        this.breaker = new StoreBreaker(context, store, metrics, config);
    }

    /** Asks Redis for the first time. {@code done} is run once that has gone well or failed. */
    void start(Runnable done) {
        breaker.start(done);
    }

    void decide(Demand demand) {
        if (denials.refuse(demand, demand.startNanos())) {
            demand.decided();
        } else if (breaker.isOpen() || waiting.size() == MAX_WAITING) {
            decideHere(demand);
        } else {
            waiting.add(demand);
            if (!woken && underWay < FEW) {
                woken = true;
                // After what else this turn of the event loop brings, which costs no time and gathers.
                context.runOnContext(ignored -> {
                    woken = false;
                    askNext();
                });
            }
        }
    }

    private void askNext() {
        if (waiting.isEmpty() || underWay >= FEW) {
            return;
        }
        Batch batch = new Batch();
        long deadlineNanos = waiting.element().startNanos() + config.timeout().toNanos();
        while (!waiting.isEmpty() && batch.offer(waiting.element())) {
            waiting.remove();
        }
        Question question = new Question(batch, System.nanoTime(), deadlineNanos);
        asked.add(question);
        underWay += question.size();
        watch();
        store.decide(batch).onComplete(answer -> answered(question, answer));
    }

    private void watch() {
        if (!timed) {
            timed = true;
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(asked.element().deadlineNanos() - System.nanoTime());
            context.owner().setTimer(Math.max(1, leftMillis + 1), ignored -> {
                timed = false;
                checkDeadline();
            });
        }
    }

    private void checkDeadline() {
        if (asked.isEmpty()) {
            return;
        }
        if (asked.element().deadlineNanos() - System.nanoTime() > 0) {
            watch();
        } else {
            missed("no answer within " + config.timeout());
        }
    }

    private void answered(Question question, AsyncResult<Buffer> answer) {
        if (!asked.contains(question)) {
            return;
        }
        if (answer.failed()) {
            missed(answer.cause().getMessage());
            return;
        }
        asked.remove(question);
        underWay -= question.size();
        breaker.answered();
        metrics.answered(question.size(), System.nanoTime() - question.sentNanos());
        question.batch().learn(answer.result());
        // Before these go on, so that nobody waits for the other.
        askNext();
        for (Demand demand : question.batch().demands()) {
            denials.learn(demand, question.sentNanos());
            demand.decided();
        }
    }

    /** What was sent later waits behind what is missed: none of it is waited for. */
    private void missed(String reason) {
        List<Question> lost = List.copyOf(asked);
        asked.clear();
        underWay = 0;
        breaker.missed(reason);
        lost.forEach(question -> question.batch().demands().forEach(this::decideHere));
        while (!waiting.isEmpty()) {
            decideHere(waiting.remove());
        }
    }

    private void decideHere(Demand demand) {
        local.decide(demand);
        demand.decided();
    }
}
