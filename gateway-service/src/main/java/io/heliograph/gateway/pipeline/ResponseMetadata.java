package io.heliograph.gateway.pipeline;

import io.heliograph.http.RequestId;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** The headers that describe a request in its response: {@code X-Request-Id} and {@code Server-Timing}. */
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

    /** The {@code Server-Timing} header: the total time in the gateway, and the part of the upstream. */
    static final class ServerTiming {

        static final String HEADER = "Server-Timing";

        private ServerTiming() {}

        static String of(long totalNanos, long upstreamNanos) {
            StringBuilder text = new StringBuilder(48).append("total;dur=");
            appendMillis(text, totalNanos).append(", upstream;dur=");
            return appendMillis(text, upstreamNanos).toString();
        }

        /** Milliseconds with three decimals, by hand: a formatter would cost more than the rest of the head. */
        private static StringBuilder appendMillis(StringBuilder text, long nanos) {
            long micros = nanos / 1_000;
            int decimals = (int) (micros % 1_000);
            text.append(micros / 1_000).append('.');
            if (decimals < 100) {
                text.append('0');
            }
            if (decimals < 10) {
                text.append('0');
            }
            return text.append(decimals);
        }
    }
}
