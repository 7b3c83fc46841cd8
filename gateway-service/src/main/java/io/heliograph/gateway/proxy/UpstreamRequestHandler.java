package io.heliograph.gateway.proxy;

import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.upstream.ClientQuotas.ClientKey;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

/** The owner of a {@link RetryingCall}: provides the request, and gets the outcome once. */
interface UpstreamRequestHandler {

    Route route();

    HttpMethod method();

    /** What the service is asked for, with the query. */
    String uri();

    String requestId();

    /** Whose share of the connections it takes; null if it is nobody's in particular. */
    ClientKey client();

    /** Whether this is to become a WebSocket. */
    boolean isUpgrade();

    /** Writes all headers but those that frame the body. */
    void copyHeaders(MultiMap to);

    /** Sends head and body. Called once for each attempt; all of the body is sent each time. */
    void send(UpstreamRequest request);

    /** An attempt has failed and another may follow: until then nobody takes the body. */
    void pauseBody();

    /** Whether {@link #send} can be called once more: what has been sent of the body is still here. */
    boolean canResend();

    /** Whether it is the turn of whoever asked: to send more of the body, or to read more of the answer. */
    boolean awaitsClient();

    /** An interim answer, which is passed on as it is, if anybody waits for one. */
    default void onInterimResponse(int status, MultiMap headers) {}

    /** The head of the answer is here; its body comes once it has a reader. Not called after {@link #onFailure}. */
    void onResponse(UpstreamRequest request, UpstreamResponse response, long tookNanos);

    /** There will be no answer; or no more of it, if {@link #onResponse} has been called. */
    void onFailure(UpstreamFailure failure);

    /** It was the turn of whoever asked, for too long. Nothing else is called afterwards. */
    void onClientTimeout();

    /** A defect of the gateway, which is logged already, has ended it. Nothing else is called afterwards. */
    void onDefect();
}
