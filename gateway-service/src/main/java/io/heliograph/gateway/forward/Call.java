package io.heliograph.gateway.forward;

import io.heliograph.gateway.upstream.Instance;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * A request to an upstream, in as many attempts as it needs and may have. The one who asked hears of one outcome only:
 * once an answer has begun, there is no other attempt. It keeps to the event loop it was begun on.
 */
final class Call {

    private static final Logger LOG = Logger.getLogger(Call.class);

    private final Calls calls;
    private final Asker asker;
    private final Watch watch;
    private Attempt attempt;
    private int attempts;
    private boolean answered;
    private boolean over;

    Call(Calls calls, Asker asker) {
        this.calls = calls;
        this.asker = asker;
        this.watch = new Watch(
                calls.vertx(), this::patienceNanos, asker.route().timeouts().total(), this::expired);
    }

    void start() {
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
            attempt.abandon();
        }
    }

    /** @param failed the instance of the last attempt; null if there was none */
    private void attempt(Instance failed) {
        attempts++;
        watch.moved();
        attempt = new Attempt(this, asker, asker.route().upstream().pick(failed));
        attempt.start();
    }

    void answered(HttpClientRequest request, HttpClientResponse response, long tookNanos) {
        answered = true;
        watch.moved();
        asker.answered(request, response, tookNanos);
    }

    /** @param unsent whether nothing of it can have reached the service, so that it has not been acted on */
    void attemptFailed(Instance instance, Failure failure, boolean unsent) {
        if (attempts < calls.maxAttempts() && mayRepeat(failure, unsent)) {
            asker.hold();
            attempt(instance);
        } else {
            fail(failure);
        }
    }

    private boolean mayRepeat(Failure failure, boolean unsent) {
        return !answered && failure.isWorthAnother() && (unsent || isIdempotent()) && asker.canSendAgain();
    }

    private boolean isIdempotent() {
        HttpMethod method = asker.method();
        return !HttpMethod.POST.equals(method) && !HttpMethod.PATCH.equals(method);
    }

    private long patienceNanos() {
        if (answered) {
            return asker.route().timeouts().idle();
        }
        return asker.waitsForBody()
                ? calls.bodyNanos()
                : asker.route().timeouts().firstByte();
    }

    private void expired() {
        boolean stalled = asker.waitsForBody() && !answered;
        attempt.abandon();
        if (stalled) {
            end();
            asker.stalled();
        } else {
            fail(answered ? Failure.CONNECTION_READ_TIMEOUT : Failure.HTTP_RESPONSE_TIMEOUT);
        }
    }

    private void fail(Failure failure) {
        end();
        log(failure);
        asker.failed(failure);
    }

    private void end() {
        over = true;
        watch.stop();
    }

    private void log(Failure failure) {
        MDC.put("requestId", asker.requestId());
        LOG.warnf("%s %s failed at %s: %s", asker.method(), asker.uri(), attempt, failure.reason());
        MDC.remove("requestId");
    }
}
