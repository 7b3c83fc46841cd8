package io.heliograph.gateway.forward;

import io.heliograph.gateway.http1.Answer;
import io.heliograph.gateway.http1.Request;
import io.heliograph.gateway.route.RequestPath;
import io.heliograph.gateway.upstream.Instance;
import io.heliograph.gateway.upstream.Upstream;
import io.vertx.core.http.HttpHeaders;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * A request to an upstream, in as many attempts as it needs and may have. The one who asked hears of one outcome only:
 * once an answer has begun, there is no other attempt. It keeps to the event loop it was begun on.
 */
final class Call {

    private static final Logger LOG = Logger.getLogger(Call.class);

    private static final int UNAVAILABLE = 503;

    private final Calls calls;
    private final Asker asker;
    private final Upstream upstream;
    private final Watch watch;
    /** The last one; null before the first. */
    private Attempt attempt;

    private int attempts;
    private boolean answered;
    private boolean over;

    Call(Calls calls, Asker asker) {
        this.calls = calls;
        this.asker = asker;
        this.upstream = asker.route().upstream();
        this.watch = new Watch(
                calls.watches(), this::patienceNanos, asker.route().timeouts().total(), this::expired);
    }

    void start() {
        calls.metrics().watch(upstream);
        upstream.budget().earn();
        watch.start();
        attempt(null);
    }

    /** What passes between client and service tells it so. */
    Watch watch() {
        return watch;
    }

    /** The answer has been read to its end. */
    void complete() {
        end();
        attempt.complete();
    }

    /** No answer, or no more of it, is wanted. */
    void cancel() {
        if (!over) {
            end();
            if (attempt != null) {
                attempt.abandon();
            }
        }
    }

    /** The answer is of no use, or has stopped to come. */
    void reject(Failure failure) {
        cancel();
        attempt.blame();
        report(failure);
    }

    void answered(Request request, Answer answer, long tookNanos) {
        watch.moved();
        if (!AnswerHead.isSound(answer, asker.isUpgrade())) {
            reject(Failure.HTTP_PROTOCOL_ERROR);
            return;
        }
        if (isElsewhereBetter(answer)) {
            boolean leaving = isLeaving(answer);
            if (leaving) {
                attempt.instance().leaves(System.nanoTime());
            }
            Mishap mishap = new Mishap(attempt.instance(), Failure.DESTINATION_UNAVAILABLE, leaving);
            if (calls.repeats().allow(asker, mishap, attempts, System.nanoTime())) {
                attempt.abandon();
                repeat(mishap);
                return;
            }
        }
        answered = true;
        asker.answered(request, answer, tookNanos);
    }

    void failed(Mishap mishap) {
        if (!answered && !watch.isOver() && calls.repeats().allow(asker, mishap, attempts, System.nanoTime())) {
            calls.metrics().failed(upstream, mishap.failure());
            repeat(mishap);
        } else {
            fail(mishap.failure());
        }
    }

    /** @param tried the instance of the last attempt; null if there was none */
    private void attempt(Instance tried) {
        Instance instance = upstream.pick(tried, System.nanoTime());
        if (instance == null) {
            fail(Failure.DESTINATION_UNAVAILABLE);
            return;
        }
        attempts++;
        watch.moved();
        attempt = new Attempt(this, asker, instance);
        attempt.start();
    }

    private void repeat(Mishap mishap) {
        calls.metrics().repeated(upstream, mishap.failure());
        watch.moved();
        asker.hold();
        calls.vertx().setTimer(calls.repeats().waitMillis(attempts), waited -> {
            if (!over) {
                attempt(mishap.instance());
            }
        });
    }

    /**
     * An instance that goes away or has too much to do says so; it has not done what was asked. A socket it has not
     * opened could be opened elsewhere whenever it would have one come back.
     */
    private boolean isElsewhereBetter(Answer answer) {
        if (answer.status() != UNAVAILABLE) {
            return false;
        } else if (asker.isUpgrade()) {
            return true;
        }
        String later = answer.header(HttpHeaders.RETRY_AFTER);
        return "0".equals(later) || "1".equals(later);
    }

    /** What can be asked of another at once was not begun. */
    private static boolean isLeaving(Answer answer) {
        return "0".equals(answer.header(HttpHeaders.RETRY_AFTER));
    }

    private long patienceNanos() {
        if (answered) {
            return asker.route().timeouts().idle();
        }
        return asker.isAwaited() ? calls.bodyNanos() : asker.route().timeouts().firstByte();
    }

    private void expired() {
        if (asker.isAwaited()) {
            cancel();
            asker.stalled();
        } else if (answered) {
            reject(Failure.CONNECTION_READ_TIMEOUT);
        } else if (attempt == null || attempt.isOver()) {
            fail(Failure.HTTP_RESPONSE_TIMEOUT);
        } else {
            attempt.abandon();
            attempt.blame();
            failed(new Mishap(attempt.instance(), Failure.HTTP_RESPONSE_TIMEOUT, false));
        }
    }

    private void fail(Failure failure) {
        end();
        report(failure);
    }

    private void report(Failure failure) {
        calls.metrics().failed(upstream, failure);
        MDC.put("requestId", asker.requestId());
        LOG.warnf(
                "%s %s failed at %s: %s",
                asker.method(),
                RequestPath.of(asker.uri()),
                attempt == null ? upstream.name() : attempt.instance(),
                failure.reason());
        MDC.remove("requestId");
        asker.failed(failure);
    }

    private void end() {
        over = true;
        watch.stop();
    }
}
