package io.heliograph.gateway.exchange;

/** The {@code Server-Timing} header: how long the gateway had the request, and the service of that. */
final class ServerTiming {

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
