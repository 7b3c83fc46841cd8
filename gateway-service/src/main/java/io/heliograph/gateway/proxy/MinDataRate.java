package io.heliograph.gateway.proxy;

import java.util.concurrent.TimeUnit;

/**
 * How fast a transfer must be.
 *
 * @param floor bytes in one interval
 */
record MinDataRate(long minBytes, long intervalNanos) {

    static MinDataRate of(long bytesPerSecond, long intervalNanos) {
        return new MinDataRate(bytesPerSecond * intervalNanos / TimeUnit.SECONDS.toNanos(1), intervalNanos);
    }

    /** Bytes in a part of an interval. */
    long minBytesIn(long nanos) {
        return (long) ((double) minBytes * nanos / intervalNanos);
    }
}
