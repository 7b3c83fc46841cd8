package io.heliograph.gateway.proxy;

import io.heliograph.gateway.upstream.client.Answer;
import io.heliograph.gateway.upstream.client.Request;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.upstream.ClientKey;
import io.heliograph.gateway.upstream.Instance;
import io.heliograph.gateway.upstream.Place;
import io.heliograph.gateway.upstream.Upstream;
import io.vertx.core.MultiMap;
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

    /** Among the connections of its client; null if it takes none. */
    private Place place;

    private int attempts;
    private boolean answered;
    private boolean over;

    Call(Calls calls, Asker asker) {
        this.calls = calls;
        this.asker = asker;
        this.upstream = asker.route().upstream();
        this.watch = new Watch(
                calls.watches(),
                this::patienceNanos,
                asker::isAwaited,
                asker.route().timeouts().total(),
                () -> guarded(this::expired));
    }

    /** From now on it is watched; before {@link #start}, it is the turn of whoever asks. */
    void begin() {
        calls.metrics().watch(upstream);
        upstream.budget().earn();
        watch.start();
    }

    /** Asks, as soon as the client's share of the connections has room for it. */
    void start() {
        watch.moved();
        ClientKey client = asker.client();
        if (client == null) {
            attempt(null);
        } else {
            place = upstream.shares().place(client, calls.vertx().getOrCreateContext());
            place.take(() -> guarded(() -> attempt(null)), () -> guarded(this::refused));
        }
    }

    /** Takes a connection that is in use already as one of this client. Whether it may have another. */
    boolean take(ClientKey client) {
        place = upstream.shares().place(client, calls.vertx().getOrCreateContext());
        return place.takeNow();
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

    /** The client is gone: as {@link #cancel}, and held against the instance if it was that which took so long. */
    void abandon() {
        if (!over && attempt != null && attempt.isUnanswered() && !asker.isAwaited()) {
            upstream.abandoned(attempt.instance(), watch.movedNanos(), System.nanoTime());
        }
        cancel();
    }

    /** The answer is of no use, or has stopped to come. */
    void reject(Failure failure) {
        cancel();
        attempt.blame();
        report(failure);
    }

    void interim(int status, MultiMap headers) {
        watch.moved();
        if (AnswerHead.isSound(headers)) {
            asker.interim(status, headers);
        }
    }

    /** A defect: it is logged, whoever asked gets an end, and nothing is held any more. */
    void crash(RuntimeException defect) {
        MDC.put("requestId", asker.requestId());
        LOG.errorf(defect, "%s %s", asker.method(), RequestPath.of(asker.uri()));
        MDC.remove("requestId");
        cancel();
        asker.crashed();
    }

    /** Runs it, whatever it runs into. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            crash(e);
        }
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
                guarded(() -> attempt(mishap.instance()));
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

    /** This client has as many connections as it may, and as many requests wait for one of them. */
    private void refused() {
        end();
        calls.metrics().failed(upstream, Failure.HTTP_REQUEST_DENIED);
        asker.failed(Failure.HTTP_REQUEST_DENIED);
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
        if (place != null) {
            place.free();
        }
    }
}
