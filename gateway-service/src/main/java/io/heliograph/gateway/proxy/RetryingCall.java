package io.heliograph.gateway.proxy;

import io.heliograph.gateway.proxy.Attempt.FailedAttempt;
import io.heliograph.gateway.proxy.InactivityTimeout.InactivityTimeouts;
import io.heliograph.gateway.proxy.RetryingCallFactory.RetryPolicy;
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
    /** The last attempt; null before the first. */
    private Attempt attempt;

    /** Null if the call counts for no client. */
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

    /** Starts the timeouts; until {@link #start} the call waits for the client. */
    void startTimeout() {
        metrics.register(upstream);
        upstream.retryBudget().deposit();
        timeout.start();
    }

    /** Starts the first attempt as soon as the quota of the client permits. */
    void start() {
        timeout.progress();
        ClientKey client = handler.client();
        if (client == null) {
            attempt(null);
        } else {
            permit = (handler.isLongPoll() ? upstream.longPollQuotas() : upstream.clientQuotas())
                    .permit(client, vertx.getOrCreateContext());
            permit.acquire(() -> runGuarded(() -> attempt(null)), () -> runGuarded(this::onQuotaRejected));
        }
    }

    /** Counts a connection that is in use already for this client. Returns whether its quota permits that. */
    boolean tryAcquireConnection(ClientKey client) {
        permit = upstream.clientQuotas().permit(client, vertx.getOrCreateContext());
        return permit.tryAcquire();
    }

    /** The timeouts, which are to be notified of progress. */
    InactivityTimeout timeout() {
        return timeout;
    }

    /** The response has been read completely. */
    void complete() {
        end();
        attempt.complete();
    }

    /** Cancels the call: no response, or no more of it, is wanted. */
    void cancel() {
        if (!ended) {
            end();
            if (attempt != null) {
                attempt.abandon();
            }
        }
    }

    /**
     * The client has disconnected: as {@link #cancel}, and recorded as a failure of the instance if the call was
     * waiting for it.
     */
    void abandon() {
        boolean waits = !ended && attempt != null && attempt.awaitsResponse() && !handler.awaitsClient();
        if (waits && !handler.isLongPoll()) {
            upstream.onAbandoned(attempt.instance(), timeout.lastProgressNanos(), System.nanoTime());
        }
        cancel();
    }

    /** The response is invalid or has stalled. */
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

    /** A defect: it is logged, the handler is notified, and all resources are released. */
    void fail(RuntimeException defect) {
        MDC.put("requestId", handler.requestId());
        LOG.errorf(defect, "%s %s", handler.method(), RequestPath.of(handler.uri()));
        MDC.remove("requestId");
        cancel();
        handler.onDefect();
    }

    /** Runs the work; an exception fails the call. */
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
     * A {@code 503} with a {@code Retry-After} of 0 or 1 means that the request was not processed. A WebSocket that was
     * not opened can be opened elsewhere at any time.
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

    /** A {@code Retry-After} of 0 means that the instance drains. */
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

    /** The quota of the client is used up, and so is its queue. */
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
