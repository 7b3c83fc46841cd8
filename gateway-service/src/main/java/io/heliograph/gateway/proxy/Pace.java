package io.heliograph.gateway.proxy;

import java.util.concurrent.TimeUnit;

/**
 * How fast a transfer must be.
 *
 * @param floor bytes in one interval
 */
record Pace(long floor, long intervalNanos) {

    static Pace of(long bytesPerSecond, long intervalNanos) {
        return new Pace(bytesPerSecond * intervalNanos / TimeUnit.SECONDS.toNanos(1), intervalNanos);
    }

    /** Bytes in a part of an interval. */
    long floorOf(long nanos) {
        return (long) ((double) floor * nanos / intervalNanos);
    }
}
