package io.heliograph.gateway.proxy;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.routing.Route;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;

/**
 * Fetches responses that do not belong to an exchange: the caller may have disconnected before they arrive. Otherwise
 * as {@link
 * ProxyFilter}. Called on an event loop, on which the future completes.
 */
@Singleton
public final class UpstreamFetcher {

    private final RetryingCallFactory calls;

    UpstreamFetcher(RetryingCallFactory calls) {
        this.calls = calls;
    }

    /**
     * Fails with a {@link FetchException} and nothing else.
     *
     * @param maxBody in bytes; a larger response is aborted, and fails as {@link
     *     UpstreamFailure#HTTP_RESPONSE_BODY_SIZE}
     */
    public Future<FetchResponse> fetch(FetchRequest request, int maxBody) {
        BufferListener collecting = new BufferListener(maxBody);
        fetch(request, collecting);
        return collecting.outcome();
    }

    /** Fetches a response, and passes it to the listener as it arrives. */
    public void fetch(FetchRequest request, FetchListener listener) {
        new BufferedFetch(calls, request, listener).start();
    }

    /**
     * A request to fetch.
     *
     * @param uri the request target at the gateway, with the query
     * @param headers the headers without those that frame the body, such as those of {@link ProxyHeaders#forUpstream}
     * @param body null if there is none
     */
    public record FetchRequest(Route route, HttpMethod method, String uri, MultiMap headers, Buffer body) {}

    /**
     * A complete response of an upstream, whatever its status.
     *
     * @param headers the headers without hop-by-hop headers
     */
    public record FetchResponse(int status, MultiMap headers, Buffer body) {}

    /** An upstream gave no response. */
    public static final class FetchException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final UpstreamFailure failure;

        FetchException(UpstreamFailure failure) {
            // Without a stack trace, which would show the event loop only.
            super(failure.reason(), null, false, false);
            this.failure = failure;
        }

        public UpstreamFailure failure() {
            return failure;
        }
    }

    /** Buffers the complete response, whatever its status. */
    static final class BufferListener implements FetchListener {

        private final int maxBody;
        private final Promise<FetchResponse> outcome = Promise.promise();

        BufferListener(int maxBody) {
            this.maxBody = maxBody;
        }

        Future<FetchResponse> outcome() {
            return outcome.future();
        }

        @Override
        public void onLatency(long nanos) {
            // There is no exchange to record it on.
        }

        @Override
        public int onHeaders(int status, MultiMap headers) {
            return maxBody;
        }

        @Override
        public void onComplete(FetchResponse response) {
            outcome.tryComplete(response);
        }

        /** A response that is too large is aborted. */
        @Override
        public Exchange handOver() {
            onFailure(UpstreamFailure.HTTP_RESPONSE_BODY_SIZE);
            return null;
        }

        @Override
        public void onFailure(UpstreamFailure failure) {
            outcome.tryFail(new FetchException(failure));
        }
    }

    /** Receives the response to a fetch as it arrives, and decides by its headers whether it is buffered. */
    public interface FetchListener {

        /** Returned by {@link #onHeaders} if the body is not to be buffered. */
        int NO_BUFFER = -1;

        /** An interim response has arrived, before {@link #onLatency}. */
        default void onInterimResponse(int status, MultiMap headers) {}

        /** The response head has arrived, this long after the request was sent. */
        void onLatency(long nanos);

        /** Returns how many bytes of the body are to be buffered, or {@link #NO_BUFFER}. */
        int onHeaders(int status, MultiMap headers);

        /** The response is complete. */
        void onComplete(FetchResponse response);

        /**
         * The response is not to be buffered, or is larger than the buffer. Returns the exchange to which it is
         * streamed and
         * which it finishes; null to abort it.
         */
        Exchange handOver();

        /** There is no response. Not called after {@link #handOver}. */
        void onFailure(UpstreamFailure failure);
    }
}
