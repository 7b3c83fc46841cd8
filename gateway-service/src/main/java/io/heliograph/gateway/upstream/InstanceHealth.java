package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CircuitBreaker.CallWindow.CallCounts;
import io.heliograph.gateway.upstream.CircuitBreaker.CircuitBreakerPolicy;
import io.heliograph.gateway.upstream.CircuitBreakerState.ClosedState;
import io.heliograph.gateway.upstream.CircuitBreakerState.EjectionCause;
import java.util.List;

/** The health of one instance: its circuit breaker and its slow start. */
final class InstanceHealth {

    /** The weight of a request to an instance at the beginning of its slow start, relative to other instances. */
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

    /** @return whether the instance has just recovered */
    boolean onResponse(boolean error, long nowNanos) {
        boolean back = breaker.onResponse(error, nowNanos);
        if (back) {
            startSlowly(nowNanos);
        }
        return back;
    }

    /** @return whether the instance has just been ejected */
    boolean onFailure(long nowNanos) {
        return breaker.onFailure(nowNanos);
    }

    /** @return whether the instance has just been ejected */
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
     * A probe has succeeded.
     *
     * @return whether the instance was draining or unresponsive
     */
    boolean recovered(long nowNanos) {
        boolean back = breaker.recovered();
        if (back) {
            startSlowly(nowNanos);
        }
        return back;
    }

    /** The recent calls; none if the breaker is not closed. */
    CallCounts counts(long nowNanos) {
        return breaker.state(nowNanos) instanceof ClosedState closed
                ? closed.window().sum(nowNanos)
                : NONE;
    }

    /** The weight of this number of requests, comparable among instances. */
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

    /**
     * Detects an instance that responds with errors where the others do not. Errors that all instances have, such as
     * those
     * of a database that is down, eject none.
     */
    static final class OutlierDetector {

        /** An outlier has at least this multiple of the error ratio of the other instances together. */
        private static final double MIN_FACTOR = 3;

        private OutlierDetector() {}

        /** Whether an instance is to be ejected. At most half of the instances are ejected at a time. */
        static boolean isOutlier(
                Instance suspect, List<Instance> instances, CircuitBreakerPolicy policy, long nowNanos) {
            CallCounts own = suspect.health().counts(nowNanos);
            if (own.calls() < policy.minimumCalls() || !own.errorRatioAtLeast(policy.failureRatio())) {
                return false;
            }
            CallCounts others = new CallCounts(0, 0, 0);
            int out = 0;
            for (Instance instance : instances) {
                if (instance != suspect) {
                    others = others.plus(instance.health().counts(nowNanos));
                    out += instance.isAvailable(nowNanos) ? 0 : 1;
                }
            }
            // Compared by products, since the ratio of zero calls is undefined.
            boolean worse = own.errors() * others.calls() >= MIN_FACTOR * others.errors() * own.calls();
            return others.calls() > 0 && worse && (out + 1) * 2 <= instances.size();
        }
    }
}
