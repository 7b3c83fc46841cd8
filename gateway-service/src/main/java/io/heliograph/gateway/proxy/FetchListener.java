package io.heliograph.gateway.proxy;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchResponse;
import io.vertx.core.MultiMap;

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
     * The response is not to be buffered, or is larger than the buffer. Returns the exchange to which it is streamed and
     * which it finishes; null to abort it.
     */
    Exchange handOver();

    /** There is no response. Not called after {@link #handOver}. */
    void onFailure(UpstreamFailure failure);
}
