package io.heliograph.ratelimit;

import java.time.Duration;

/** So many requests in any span of so many milliseconds. */
public record Rate(int requests, long windowMillis) {

    private static final long LONGEST_WINDOW = Duration.ofDays(1).toMillis();

    /** Redis keeps 10 bytes for each millisecond that admitted a request: 100 KB for a count at most. */
    private static final int MAX_ENTRIES = 10_000;

    /** Throws an {@link IllegalArgumentException}, whose message says which bound is broken. */
    public Rate {
        if (requests < 1) {
            throw new IllegalArgumentException("requests must be at least 1");
        }
        if (windowMillis < 1 || windowMillis > LONGEST_WINDOW) {
            throw new IllegalArgumentException("a window must be from 1 ms to 24 h");
        }
        if (Math.min(requests, windowMillis) > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "more than " + MAX_ENTRIES + " requests take a window of " + MAX_ENTRIES + " ms or less");
        }
    }
}
