package io.heliograph.gateway.limit;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The requests of one event loop on their way to Redis. While it decides some, the next gather, and go together: so one
 * command decides the more, the busier it is. A request that Redis does not decide within the timeout is decided by the
 * {@link LocalLimiter}, with all that wait; after some misses none is sent any more until Redis answers a probe. Used
 * on its own event loop only.
 */
final class Lane {

    /** A tenth of a second of one busy event loop; what is beyond is decided here, at once. */
    private static final int MAX_WAITING = 2_000;

    private final Context context;
    private final LimitStore store;
    private final LocalLimiter local;
    private final LimitMetrics metrics;
    private final LimiterConfig config;
    private final Denials denials = new Denials();
    private final Queue<Demand> waiting = new ArrayDeque<>();

    /** Whether some are with Redis, or about to be sent. */
    private boolean busy;

    private Batch asked;
    private long askedNanos;
    private long deadlineNanos;
    /** Whether a look at the deadline is to come: one at a time, as nearly every batch is answered long before. */
    private boolean timed;

    private int misses;
    /** From the start: nobody waits for a Redis that has not answered yet. */
    private boolean away = true;

    private boolean hasDecided;

    Lane(Context context, LimitStore store, LocalLimiter local, LimitMetrics metrics, LimiterConfig config) {
        this.context = context;
        this.store = store;
        this.local = local;
        this.metrics = metrics;
        this.config = config;
        metrics.lost(null);
    }

    void decide(Demand demand) {
        if (denials.refuse(demand, demand.startNanos())) {
            demand.decided();
        } else if (away || waiting.size() == MAX_WAITING) {
            decideHere(demand);
        } else {
            waiting.add(demand);
            if (!busy) {
                busy = true;
                // After what else this turn of the event loop brings, which costs no time and gathers.
                context.runOnContext(ignored -> ask());
            }
        }
    }

    private void ask() {
        Batch batch = new Batch();
        long oldestNanos = waiting.element().startNanos();
        while (!waiting.isEmpty() && batch.offer(waiting.element())) {
            waiting.remove();
        }
        asked = batch;
        askedNanos = System.nanoTime();
        deadlineNanos = oldestNanos + config.timeout().toNanos();
        watch();
        store.decide(batch).onComplete(answer -> answered(batch, answer));
    }

    private void watch() {
        if (!timed) {
            timed = true;
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            vertx().setTimer(Math.max(1, leftMillis + 1), ignored -> {
                timed = false;
                checkDeadline();
            });
        }
    }

    private void checkDeadline() {
        if (asked != null && deadlineNanos - System.nanoTime() > 0) {
            watch();
        } else if (asked != null) {
            missed(asked, "no answer within " + config.timeout());
        }
    }

    private void answered(Batch batch, AsyncResult<Buffer> answer) {
        if (asked != batch) {
            return;
        }
        if (answer.failed()) {
            missed(batch, answer.cause().getMessage());
            return;
        }
        misses = 0;
        metrics.answered(batch.demands().size(), System.nanoTime() - askedNanos);
        batch.learn(answer.result());
        long sentNanos = askedNanos;
        next();
        for (Demand demand : batch.demands()) {
            denials.learn(demand, sentNanos);
            demand.decided();
        }
    }

    /** Redis is asked about the next before these go on, so that nobody waits for the other. */
    private void next() {
        asked = null;
        busy = !waiting.isEmpty();
        if (busy) {
            ask();
        }
    }

    private void missed(Batch batch, String reason) {
        if (asked != batch) {
            return;
        }
        asked = null;
        misses++;
        metrics.missed();
        // One late answer may be a hiccup; a connection that cannot be had is none.
        if (misses >= config.misses() || !store.isConnected()) {
            away = true;
            metrics.lost(reason);
            probeLater();
        }
        batch.demands().forEach(this::decideHere);
        while (!waiting.isEmpty()) {
            decideHere(waiting.remove());
        }
        busy = false;
    }

    private void decideHere(Demand demand) {
        local.decide(demand);
        demand.decided();
    }

    /** Asks Redis for the first time. {@code done} is run once that has gone well or failed. */
    void start(Runnable done) {
        context.runOnContext(ignored -> probe(done));
    }

    private void probe(Runnable done) {
        long start = System.nanoTime();
        store.decide(Probe.batch()).onComplete(answer -> {
            if (answer.succeeded()) {
                back(System.nanoTime() - start);
            }
            if (away) {
                probeLater();
            }
            done.run();
        });
    }

    private void back(long nanos) {
        // While connections are opened and code is loaded, the first answer may take long.
        if (nanos < config.timeout().toNanos() || !hasDecided) {
            away = false;
            hasDecided = true;
            misses = 0;
            metrics.found();
        }
    }

    private void probeLater() {
        vertx().setTimer(config.probeInterval().toMillis(), ignored -> probe(() -> {}));
    }

    private Vertx vertx() {
        return context.owner();
    }
}
