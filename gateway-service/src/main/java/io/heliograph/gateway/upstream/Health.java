package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.State.Cause;
import io.heliograph.gateway.upstream.Window.Counts;

/** How fit one instance is to be asked: what its breaker holds of it, and how warm it is. */
final class Health {

    /** What one request to a cold instance weighs, against one to a warm one. */
    private static final long COLD = 10;

    private static final Counts NONE = new Counts(0, 0, 0);

    private final Breaker breaker;
    private final long slowStartNanos;
    private volatile long warmAtNanos;
    private volatile boolean cold;

    Health(Breaker breaker, long slowStartNanos, long nowNanos) {
        this.breaker = breaker;
        this.slowStartNanos = slowStartNanos;
        warmUp(nowNanos);
    }

    State state(long nowNanos) {
        return breaker.state(nowNanos);
    }

    /** @return whether it is well again */
    boolean answered(boolean error, long nowNanos) {
        boolean back = breaker.answered(error, nowNanos);
        if (back) {
            warmUp(nowNanos);
        }
        return back;
    }

    /** @return whether it is out, and was not before */
    boolean failed(long nowNanos) {
        return breaker.failed(nowNanos);
    }

    /** @return whether it is out, and was not before */
    boolean eject(Cause cause, long nowNanos) {
        return breaker.eject(cause, nowNanos);
    }

    boolean isLeaving() {
        return breaker.isLeaving();
    }

    boolean isAwaited() {
        return breaker.isAwaited();
    }

    /**
     * A process answers in the place of one that was leaving or silent.
     *
     * @return whether it was
     */
    boolean returned(long nowNanos) {
        boolean back = breaker.returned();
        if (back) {
            warmUp(nowNanos);
        }
        return back;
    }

    /** Of an instance that is not well there are none. */
    Counts counts(long nowNanos) {
        return breaker.state(nowNanos) instanceof Closed closed
                ? closed.window().sum(nowNanos)
                : NONE;
    }

    /** What so many requests weigh for an instance as warm as this one; on one scale with those of others. */
    long weight(int requests, long nowNanos) {
        long whole = (long) requests * slowStartNanos;
        if (!cold) {
            return whole;
        }
        long left = warmAtNanos - nowNanos;
        if (left <= 0) {
            cold = false;
            return whole;
        }
        return requests * (slowStartNanos + (COLD - 1) * left);
    }

    private void warmUp(long nowNanos) {
        warmAtNanos = nowNanos + slowStartNanos;
        cold = true;
    }
}
