package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CallWindow.CallCounts;
import io.heliograph.gateway.upstream.CircuitBreakerState.ClosedState;
import io.heliograph.gateway.upstream.CircuitBreakerState.EjectionCause;

/** The health of one instance: its circuit breaker and its slow start. */
final class InstanceHealth {

    /** What one request to a cold instance weighs, against one to a warm one. */
    private static final long COLD = 10;

    private static final CallCounts NONE = new CallCounts(0, 0, 0);

    private final CircuitBreaker breaker;
    private final long slowStartNanos;
    private volatile long warmAtNanos;
    private volatile boolean cold;

    InstanceHealth(CircuitBreaker breaker, long slowStartNanos, long nowNanos) {
        this.breaker = breaker;
        this.slowStartNanos = slowStartNanos;
        startSlowly(nowNanos);
    }

    CircuitBreakerState state(long nowNanos) {
        return breaker.state(nowNanos);
    }

    /** @return whether it is well again */
    boolean onResponse(boolean error, long nowNanos) {
        boolean back = breaker.onResponse(error, nowNanos);
        if (back) {
            startSlowly(nowNanos);
        }
        return back;
    }

    /** @return whether it is out, and was not before */
    boolean onFailure(long nowNanos) {
        return breaker.onFailure(nowNanos);
    }

    /** @return whether it is out, and was not before */
    boolean eject(EjectionCause cause, long nowNanos) {
        return breaker.eject(cause, nowNanos);
    }

    boolean isDraining() {
        return breaker.isDraining();
    }

    boolean awaitsProbe() {
        return breaker.awaitsProbe();
    }

    /**
     * A process answers in the place of one that was leaving or silent.
     *
     * @return whether it was
     */
    boolean recovered(long nowNanos) {
        boolean back = breaker.recovered();
        if (back) {
            startSlowly(nowNanos);
        }
        return back;
    }

    /** Of an instance that is not well there are none. */
    CallCounts counts(long nowNanos) {
        return breaker.state(nowNanos) instanceof ClosedState closed
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

    private void startSlowly(long nowNanos) {
        warmAtNanos = nowNanos + slowStartNanos;
        cold = true;
    }
}
