package io.heliograph.gateway.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/** What every answer of the gateway carries: the name of the request and how long it took. */
public final class Stamp {

    private final String requestId;
    private final long startNanos = System.nanoTime();
    private long upstreamNanos;

    /** Made when the request comes in. */
    public Stamp(HttpServerRequest request) {
        this.requestId = RequestId.of(request.headers().get(RequestId.HEADER));
    }

    /** Adds it to the headers of an answer that goes out now. */
    public void put(MultiMap headers) {
        headers.set(RequestId.HEADER, requestId);
        headers.set(ServerTiming.HEADER, ServerTiming.of(ageNanos(), upstreamNanos));
    }

    /** The same, unless the answer has one. */
    public void putIfMissing(MultiMap headers) {
        if (!headers.contains(RequestId.HEADER)) {
            put(headers);
        }
    }

    String requestId() {
        return requestId;
    }

    long ageNanos() {
        return System.nanoTime() - startNanos;
    }

    long upstreamNanos() {
        return upstreamNanos;
    }

    void upstreamTook(long nanos) {
        upstreamNanos = nanos;
    }
}
