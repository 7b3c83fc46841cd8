package io.heliograph.message.socket;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Lets through so much in a second, and after silence some seconds' worth at once (a token bucket). From any thread.
 */
final class FloodGate {

    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private final IntSupplier perSecond;
    private final IntSupplier burst;
    private double tokens;
    private long filledAt;

    FloodGate(int perSecond, int burst, LongSupplier nanoTime) {
        this(() -> perSecond, () -> burst, nanoTime);
    }

    /** With bounds that are read at each call. */
    FloodGate(IntSupplier perSecond, IntSupplier burst, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst.getAsInt();
        this.filledAt = nanoTime.getAsLong();
    }

    synchronized boolean admits() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst.getAsInt(), tokens + (now - filledAt) / NANOS * perSecond.getAsInt());
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
