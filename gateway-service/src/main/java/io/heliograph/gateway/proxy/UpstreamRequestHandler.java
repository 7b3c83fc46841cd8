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

    /** The request target for the upstream, with the query. */
    String uri();

    String requestId();

    /** The client whose quota of connections is used; null for none. */
    ClientKey client();

    /** Whether the upstream may hold back its answer until there is something to answer. */
    boolean isLongPoll();

    /** Whether the request is to open a WebSocket. */
    boolean isUpgrade();

    /** Adds the request headers, without those that frame the body. */
    void copyHeaders(MultiMap to);

    /** Sends head and body. Called once per attempt, each time for the whole body. */
    void send(UpstreamRequest request);

    /** An attempt has failed and another may follow: the body is paused until then. */
    void pauseBody();

    /** Whether {@link #send} can be called again: all of the body that was sent is still buffered. */
    boolean canResend();

    /** Whether the call waits for the client: to send more of the body, or to read more of the response. */
    boolean awaitsClient();

    /** An interim response has arrived. */
    default void onInterimResponse(int status, MultiMap headers) {}

    /** The response head has arrived; the body flows once it has a reader. Not called after {@link #onFailure}. */
    void onResponse(UpstreamRequest request, UpstreamResponse response, long tookNanos);

    /** There is no response, or no more of it if {@link #onResponse} has been called. */
    void onFailure(UpstreamFailure failure);

    /** The client has kept the call waiting for too long. Nothing else is called afterwards. */
    void onClientTimeout();

    /** A defect, which has been logged, has ended the call. Nothing else is called afterwards. */
    void onDefect();
}
