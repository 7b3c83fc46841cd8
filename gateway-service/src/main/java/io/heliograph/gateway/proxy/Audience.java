package io.heliograph.gateway.proxy;

import io.heliograph.gateway.exchange.Exchange;
import io.vertx.core.MultiMap;

/** Who is told of the answer to a {@link Fetch} as it comes, and says by its head what becomes of it. */
public interface Audience {

    /** What {@link #hear} answers if the body is not to be gathered. */
    int UNWANTED = -1;

    /** An interim answer, before {@link #took}; for whoever waits for the first answer, if anybody does. */
    default void interim(int status, MultiMap headers) {}

    /** The service took so long to the head of its answer. */
    void took(long nanos);

    /** How many bytes of the body are to be gathered, or {@link #UNWANTED}. */
    int hear(int status, MultiMap headers);

    /** The whole answer. */
    void whole(Fetched answer);

    /**
     * The answer is unwanted or larger than wanted: the exchange that gets it as it comes and will be finished with it;
     * null if there is none, and it is broken off.
     */
    Exchange taker();

    /** There is no answer. Not called after {@link #taker}. */
    void failed(Failure failure);
}
