package io.heliograph.gateway.proxy;

import io.heliograph.gateway.proxy.Attempt.FailedAttempt;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.upstream.ClientQuotas.ClientKey;
import io.heliograph.gateway.upstream.ClientQuotas.QuotaPermit;
import io.heliograph.gateway.upstream.Instance;
import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * A request to an upstream, in one or more attempts. Its handler gets one outcome: once a response has begun, there is
 * no further attempt. Used on the event loop on which it was created.
 */
final class RetryingCall {

    private static final Logger LOG = Logger.getLogger(RetryingCall.class);

    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final InactivityTimeouts timeouts;
    private final UpstreamMetrics metrics;
    private final RetryPolicy retryPolicy;
    private final UpstreamRequestHandler handler;
    private final Upstream upstream;
    private final InactivityTimeout timeout;
    /** The last one; null before the first. */
    private Attempt attempt;

    /** Among the connections of its client; null if it takes none. */
    private QuotaPermit permit;

    private int attempts;
    private boolean responded;
    private boolean ended;

    RetryingCall(
            Vertx vertx,
            InactivityTimeouts timeouts,
            UpstreamMetrics metrics,
            RetryPolicy retryPolicy,
            UpstreamRequestHandler handler) {
        this.vertx = vertx;
        this.timeouts = timeouts;
        this.metrics = metrics;
        this.retryPolicy = retryPolicy;
        this.handler = handler;
        this.upstream = handler.route().upstream();
        this.timeout = new InactivityTimeout(
                timeouts,
                this::inactivityLimitNanos,
                handler::awaitsClient,
                handler.route().timeouts().total(),
                () -> runGuarded(this::onTimeout));
    }

    /** From now on it is watched; before {@link #start}, it is the turn of whoever asks. */
    void startTimeout() {
        metrics.register(upstream);
        upstream.retryBudget().deposit();
        timeout.start();
    }

    /** Asks, as soon as the client's share of the connections has room for it. */
    void start() {
        timeout.progress();
        ClientKey client = handler.client();
        if (client == null) {
            attempt(null);
        } else {
            permit = upstream.clientQuotas().permit(client, vertx.getOrCreateContext());
            permit.acquire(() -> runGuarded(() -> attempt(null)), () -> runGuarded(this::onQuotaRejected));
        }
    }

    /** Takes a connection that is in use already as one of this client. Whether it may have another. */
    boolean tryAcquireConnection(ClientKey client) {
        permit = upstream.clientQuotas().permit(client, vertx.getOrCreateContext());
        return permit.tryAcquire();
    }

    /** What passes between client and service tells it so. */
    InactivityTimeout timeout() {
        return timeout;
    }

    /** The answer has been read to its end. */
    void complete() {
        end();
        attempt.complete();
    }

    /** No answer, or no more of it, is wanted. */
    void cancel() {
        if (!ended) {
            end();
            if (attempt != null) {
                attempt.abandon();
            }
        }
    }

    /** The client is gone: as {@link #cancel}, and held against the instance if it was that which took so long. */
    void abandon() {
        if (!ended && attempt != null && attempt.awaitsResponse() && !handler.awaitsClient()) {
            upstream.onAbandoned(attempt.instance(), timeout.lastProgressNanos(), System.nanoTime());
        }
        cancel();
    }

    /** The answer is of no use, or has stopped to come. */
    void failResponse(UpstreamFailure failure) {
        cancel();
        attempt.recordFailure();
        report(failure);
    }

    void onInterimResponse(int status, MultiMap headers) {
        timeout.progress();
        if (ResponseHeadValidator.isValid(headers)) {
            handler.onInterimResponse(status, headers);
        }
    }

    /** A defect: it is logged, whoever asked gets an end, and nothing is held any more. */
    void fail(RuntimeException defect) {
        MDC.put("requestId", handler.requestId());
        LOG.errorf(defect, "%s %s", handler.method(), RequestPath.of(handler.uri()));
        MDC.remove("requestId");
        cancel();
        handler.onDefect();
    }

    /** Runs it, whatever it runs into. */
    void runGuarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    void onResponse(UpstreamRequest request, UpstreamResponse response, long tookNanos) {
        timeout.progress();
        if (!ResponseHeadValidator.isValid(response, handler.isUpgrade())) {
            failResponse(UpstreamFailure.HTTP_PROTOCOL_ERROR);
            return;
        }
        if (shouldTryElsewhere(response)) {
            boolean leaving = isDraining(response);
            if (leaving) {
                attempt.instance().onDraining(System.nanoTime());
            }
            FailedAttempt failed =
                    new FailedAttempt(attempt.instance(), UpstreamFailure.DESTINATION_UNAVAILABLE, leaving);
            if (retryPolicy.tryRetry(handler, failed, attempts, System.nanoTime())) {
                attempt.abandon();
                retry(failed);
                return;
            }
        }
        responded = true;
        handler.onResponse(request, response, tookNanos);
    }

    void onAttemptFailed(FailedAttempt failed) {
        if (!responded
                && !timeout.isTotalExceeded()
                && retryPolicy.tryRetry(handler, failed, attempts, System.nanoTime())) {
            metrics.failed(upstream, failed.failure());
            retry(failed);
        } else {
            fail(failed.failure());
        }
    }

    /** @param tried the instance of the last attempt; null if there was none */
    private void attempt(Instance tried) {
        Instance instance = upstream.selectInstance(tried, System.nanoTime());
        if (instance == null) {
            fail(UpstreamFailure.DESTINATION_UNAVAILABLE);
            return;
        }
        attempts++;
        timeout.progress();
        attempt = new Attempt(this, handler, instance);
        attempt.start();
    }

    private void retry(FailedAttempt failed) {
        metrics.retried(upstream, failed.failure());
        timeout.progress();
        handler.pauseBody();
        vertx.setTimer(retryPolicy.backoffMillis(attempts), waited -> {
            if (!ended) {
                runGuarded(() -> attempt(failed.instance()));
            }
        });
    }

    /**
     * An instance that goes away or has too much to do says so; it has not done what was asked. A socket it has not
     * opened could be opened elsewhere whenever it would have one come back.
     */
    private boolean shouldTryElsewhere(UpstreamResponse response) {
        if (response.status() != UNAVAILABLE) {
            return false;
        } else if (handler.isUpgrade()) {
            return true;
        }
        String later = response.header(HttpHeaders.RETRY_AFTER);
        return "0".equals(later) || "1".equals(later);
    }

    /** What can be asked of another at once was not begun. */
    private static boolean isDraining(UpstreamResponse response) {
        return "0".equals(response.header(HttpHeaders.RETRY_AFTER));
    }

    private long inactivityLimitNanos() {
        if (responded) {
            return handler.route().timeouts().idle();
        }
        return handler.awaitsClient()
                ? timeouts.bodyTimeoutNanos()
                : handler.route().timeouts().firstByte();
    }

    private void onTimeout() {
        if (handler.awaitsClient()) {
            cancel();
            handler.onClientTimeout();
        } else if (responded) {
            failResponse(UpstreamFailure.CONNECTION_READ_TIMEOUT);
        } else if (attempt == null || attempt.isEnded()) {
            fail(UpstreamFailure.HTTP_RESPONSE_TIMEOUT);
        } else {
            attempt.abandon();
            attempt.recordFailure();
            onAttemptFailed(new FailedAttempt(attempt.instance(), UpstreamFailure.HTTP_RESPONSE_TIMEOUT, false));
        }
    }

    /** This client has as many connections as it may, and as many requests wait for one of them. */
    private void onQuotaRejected() {
        end();
        metrics.failed(upstream, UpstreamFailure.HTTP_REQUEST_DENIED);
        handler.onFailure(UpstreamFailure.HTTP_REQUEST_DENIED);
    }

    private void fail(UpstreamFailure failure) {
        end();
        report(failure);
    }

    private void report(UpstreamFailure failure) {
        metrics.failed(upstream, failure);
        MDC.put("requestId", handler.requestId());
        LOG.warnf(
                "%s %s failed at %s: %s",
                handler.method(),
                RequestPath.of(handler.uri()),
                attempt == null ? upstream.name() : attempt.instance(),
                failure.reason());
        MDC.remove("requestId");
        handler.onFailure(failure);
    }

    private void end() {
        ended = true;
        timeout.stop();
        if (permit != null) {
            permit.release();
        }
    }
}
