package io.heliograph.gateway.proxy;

import io.heliograph.gateway.upstream.Instance;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.vertx.core.MultiMap;

/** One attempt of a {@link RetryingCall} at one instance. Events after its end are ignored. */
final class Attempt implements UpstreamRequest.Listener {

    private final RetryingCall call;
    private final UpstreamRequestHandler handler;
    private final Instance instance;
    /** Null until connected. */
    private UpstreamRequest request;

    private long connectedNanos;
    private boolean onResponse;
    private boolean ended;

    Attempt(RetryingCall call, UpstreamRequestHandler handler, Instance instance) {
        this.call = call;
        this.handler = handler;
        this.instance = instance;
    }

    void start() {
        if (handler.isUpgrade()) {
            instance.upgrade(this, handler.uri());
        } else if (handler.isLongPoll()) {
            instance.longPoll(this, handler.uri());
        } else {
            instance.request(this, handler.method(), handler.uri());
        }
    }

    Instance instance() {
        return instance;
    }

    boolean isEnded() {
        return ended;
    }

    /** Ends the attempt in any state; its connection is not reused. */
    void abandon() {
        if (!ended) {
            complete();
            if (request != null) {
                request.reset();
            }
        }
    }

    /** The response has been read to its end. */
    void complete() {
        ended = true;
        if (request != null) {
            release();
        }
    }

    private void release() {
        if (!handler.isLongPoll()) {
            instance.release();
        }
    }

    /** Whether the request has been sent and has no response yet. */
    boolean awaitsResponse() {
        return !ended && request != null && !onResponse;
    }

    /** Records a failure of the instance. */
    void recordFailure() {
        instance.onFailure(System.nanoTime());
    }

    @Override
    public void onConnected(UpstreamRequest opened) {
        if (ended) {
            release();
            opened.reset();
            return;
        }
        request = opened;
        connectedNanos = System.nanoTime();
        handler.copyHeaders(request.headers());
        handler.send(request);
    }

    @Override
    public void onConnectFailure(Throwable cause) {
        release();
        if (!ended) {
            ended = true;
            UpstreamFailure failure = UpstreamFailure.ofConnect(cause);
            if (failure != UpstreamFailure.CONNECTION_LIMIT_REACHED) {
                instance.onConnectFailure(System.nanoTime());
            }
            call.onAttemptFailed(new FailedAttempt(instance, failure, true));
        }
    }

    @Override
    public void onResponse(UpstreamResponse response) {
        long now = System.nanoTime();
        onResponse = true;
        handler.route().upstream().onResponse(instance, response.status(), now);
        if (!handler.isLongPoll()) {
            handler.route().upstream().recordLatency(now - connectedNanos, now);
        }
        call.onResponse(request, response, now - connectedNanos);
    }

    @Override
    public void onInterimResponse(int status, MultiMap headers) {
        if (!ended) {
            call.onInterimResponse(status, headers);
        }
    }

    @Override
    public void onDefect(RuntimeException defect) {
        call.fail(defect);
    }

    @Override
    public void onFailure(Throwable cause) {
        if (!ended) {
            boolean unsent = !onResponse && request.isUnsent();
            UpstreamFailure failure =
                    onResponse ? UpstreamFailure.HTTP_RESPONSE_INCOMPLETE : UpstreamFailure.ofResponse(cause);
            abandon();
            recordFailure();
            call.onAttemptFailed(new FailedAttempt(instance, failure, unsent));
        }
    }

    /**
     * An attempt that failed.
     *
     * @param unsent whether the request was certainly not processed
     */
    record FailedAttempt(Instance instance, UpstreamFailure failure, boolean unsent) {}
}
