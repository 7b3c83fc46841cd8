package io.heliograph.gateway.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** What every answer of the gateway carries: the name of the request and how long it took. */
public final class ResponseMetadata {

    /** In the form that is hashed and written without being taken apart into characters. */
    private static final CharSequence ID = HttpHeaders.createOptimized(RequestId.HEADER);

    private static final CharSequence TIMING = HttpHeaders.createOptimized(ServerTiming.HEADER);

    private final String requestId;
    private final long startNanos = System.nanoTime();
    private long upstreamNanos;

    /** Made when the request comes in. */
    public ResponseMetadata(HttpServerRequest request) {
        this.requestId = RequestId.of(request.headers().get(ID));
    }

    /** Adds it to the headers of an answer that goes out now. */
    public void addTo(MultiMap headers) {
        headers.set(ID, requestId);
        headers.set(TIMING, ServerTiming.of(elapsedNanos(), upstreamNanos));
    }

    /** The same, unless the answer has one. */
    public void addIfAbsent(MultiMap headers) {
        if (!headers.contains(ID)) {
            addTo(headers);
        }
    }

    String requestId() {
        return requestId;
    }

    long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    long upstreamNanos() {
        return upstreamNanos;
    }

    void upstreamResponded(long nanos) {
        upstreamNanos = nanos;
    }
}
