package io.heliograph.message.limit;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Admits a number of requests per second, and a burst after a time without requests (the token bucket algorithm). From
 * any thread.
 */
public final class TokenBucket {

    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private final DoubleSupplier perSecond;
    private final IntSupplier burst;
    private double tokens;
    private long filledAt;

    /** Begins full. */
    public TokenBucket(double perSecond, int burst, LongSupplier nanoTime) {
        this(() -> perSecond, () -> burst, nanoTime);
    }

    /** With bounds that are read at each call. */
    public TokenBucket(DoubleSupplier perSecond, IntSupplier burst, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst.getAsInt();
        this.filledAt = nanoTime.getAsLong();
    }

    public boolean admits() {
        return admits(1);
    }

    /** So many at once, or none of them. */
    public synchronized boolean admits(int count) {
        fill();
        if (tokens < count) {
            return false;
        }
        tokens -= count;
        return true;
    }

    /** How long from now until so many are admitted. */
    public synchronized Duration untilAdmitted(int count) {
        fill();
        return tokens >= count
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil((count - tokens) / perSecond.getAsDouble() * NANOS));
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst.getAsInt(), tokens + (now - filledAt) / NANOS * perSecond.getAsDouble());
        filledAt = now;
    }
}
