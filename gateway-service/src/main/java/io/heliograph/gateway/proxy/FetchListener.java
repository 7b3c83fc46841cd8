package io.heliograph.gateway.proxy;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchResponse;
import io.vertx.core.MultiMap;

/** Receives the response to a fetch as it arrives, and decides by its headers whether it is buffered. */
public interface FetchListener {

    /** What {@link #onHeaders} answers if the body is not to be gathered. */
    int NO_BUFFER = -1;

    /** An interim answer, before {@link #onLatency}; for whoever waits for the first answer, if anybody does. */
    default void onInterimResponse(int status, MultiMap headers) {}

    /** The service took so long to the head of its answer. */
    void onLatency(long nanos);

    /** How many bytes of the body are to be gathered, or {@link #NO_BUFFER}. */
    int onHeaders(int status, MultiMap headers);

    /** The whole answer. */
    void onComplete(FetchResponse response);

    /**
     * The answer is unwanted or larger than wanted: the exchange that gets it as it comes and will be finished with it;
     * null if there is none, and it is broken off.
     */
    Exchange handOver();

    /** There is no answer. Not called after {@link #handOver}. */
    void onFailure(UpstreamFailure failure);
}
