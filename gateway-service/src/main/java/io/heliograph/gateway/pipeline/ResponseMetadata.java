package io.heliograph.gateway.pipeline;

import io.heliograph.http.RequestId;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/** The headers that describe a request in its response: {@code X-Request-Id} and {@code Server-Timing}. */
public final class ResponseMetadata {

    /** Encoded once, so that hashing and writing it are cheap. */
    private static final CharSequence ID = HttpHeaders.createOptimized(RequestId.HEADER);

    private static final CharSequence TIMING = HttpHeaders.createOptimized(ServerTiming.HEADER);

    private final String requestId;
    private final long startNanos = System.nanoTime();
    private long upstreamNanos;

    /** Must be created when the request arrives. */
    public ResponseMetadata(HttpServerRequest request) {
        this.requestId = RequestId.of(request.headers().get(ID));
    }

    /** Adds the headers to a response that is written now. */
    public void addTo(MultiMap headers) {
        headers.set(ID, requestId);
        headers.set(TIMING, ServerTiming.of(elapsedNanos(), upstreamNanos));
    }

    /** As {@link #addTo}, unless the response has a request id. */
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

        /** Appends milliseconds with three decimals, without a formatter, which would be slow. */
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

    /** Headers to set on or add to a response, whichever class writes it. Usually few, and applied once. */
    static final class HeaderMutations {

        /** Names and values alternately. */
        private final List<String> replacements = new ArrayList<>();
        /** Headers to add; the same form. */
        private List<String> additions = List.of();

        /** Replaces all headers of this name; null removes them. */
        void set(String name, String value) {
            replacements.add(name);
            replacements.add(value);
        }

        /** Adds a header beside others of this name. */
        void add(String name, String value) {
            if (additions.isEmpty()) {
                additions = new ArrayList<>(2);
            }
            additions.add(name);
            additions.add(value);
        }

        void applyTo(MultiMap headers) {
            for (int i = 0; i < replacements.size(); i += 2) {
                String value = replacements.get(i + 1);
                if (value == null) {
                    headers.remove(replacements.get(i));
                } else {
                    headers.set(replacements.get(i), value);
                }
            }
            for (int i = 0; i < additions.size(); i += 2) {
                headers.add(additions.get(i), additions.get(i + 1));
            }
        }
    }

    /**
     * Headers that prevent a browser from rendering a response of the API as a page. A response may override them,
     * except
     * {@code nosniff}.
     */
    static final class SecurityHeaders {

        private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
        private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
        private static final CharSequence CONTENT_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
        private static final CharSequence NOTHING =
                HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
        private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
        private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");

        private SecurityHeaders() {}

        static void addTo(MultiMap headers) {
            headers.set(CONTENT_TYPE_OPTIONS, NOSNIFF);
            if (!headers.contains(CONTENT_POLICY)) {
                headers.add(CONTENT_POLICY, NOTHING);
            }
            if (!headers.contains(REFERRER_POLICY)) {
                headers.add(REFERRER_POLICY, NO_REFERRER);
            }
        }
    }
}
