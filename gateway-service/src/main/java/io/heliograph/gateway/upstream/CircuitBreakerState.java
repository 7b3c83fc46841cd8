package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CircuitBreaker.CallWindow;
import io.heliograph.gateway.upstream.CircuitBreaker.CallWindow.CallOutcome;
import io.heliograph.gateway.upstream.CircuitBreaker.CircuitBreakerPolicy;
import java.util.concurrent.atomic.AtomicInteger;

/** A state of a circuit breaker. Immutable except for counters; an event leads to the next state. */
sealed interface CircuitBreakerState {

    /** The number of requests that the instance may have in flight and still be preferred like the others. */
    int maxInFlight();

    /** The instance has responded, with any status. */
    CircuitBreakerState onResponse(boolean error, long nowNanos);

    /** The instance has not responded. */
    CircuitBreakerState onFailure(long nowNanos);

    /** Why an instance was ejected. It decides what counts as recovery. */
    enum EjectionCause {
        FAILURES,
        /** It responds with errors where other instances do not. */
        ERRORS,
        /** It drains: it gets no request until a probe succeeds. */
        DRAINING,
        /** It responds to neither requests nor probes: it gets no request until a probe succeeds. */
        UNRESPONSIVE;

        /** Whether the instance is ejected until a probe succeeds, and not for a time. */
        boolean untilProbed() {
            return this == DRAINING || this == UNRESPONSIVE;
        }
    }

    /** Ejects the instance at once. */
    CircuitBreakerState eject(EjectionCause cause, long nowNanos);

    /** Time has passed. */
    CircuitBreakerState atTime(long nowNanos);

    /** Calls pass and are counted. */
    static final class ClosedState implements CircuitBreakerState {

        private final CircuitBreakerPolicy policy;
        private final CallWindow window;
        private final AtomicInteger consecutiveFailures = new AtomicInteger();

        ClosedState(CircuitBreakerPolicy policy) {
            this.policy = policy;
            this.window = new CallWindow();
        }

        CallWindow window() {
            return window;
        }

        @Override
        public int maxInFlight() {
            return Integer.MAX_VALUE;
        }

        @Override
        public CircuitBreakerState onResponse(boolean error, long nowNanos) {
            window.record(error ? CallOutcome.ERROR : CallOutcome.SUCCESS, nowNanos);
            if (consecutiveFailures.get() != 0) {
                consecutiveFailures.set(0);
            }
            return this;
        }

        @Override
        public CircuitBreakerState onFailure(long nowNanos) {
            window.record(CallOutcome.FAILURE, nowNanos);
            return consecutiveFailures.incrementAndGet() >= policy.consecutiveFailures() || failsTooOften(nowNanos)
                    ? eject(EjectionCause.FAILURES, nowNanos)
                    : this;
        }

        @Override
        public CircuitBreakerState eject(EjectionCause cause, long nowNanos) {
            return OpenState.after(0, cause, policy, nowNanos);
        }

        @Override
        public CircuitBreakerState atTime(long nowNanos) {
            return this;
        }

        private boolean failsTooOften(long nowNanos) {
            CallWindow.CallCounts counts = window.sum(nowNanos);
            return counts.calls() >= policy.minimumCalls() && counts.failureRatioAtLeast(policy.failureRatio());
        }
    }

    /**
     * The instance is ejected until a time, or, if it drains or does not respond, until a probe succeeds.
     *
     * @param consecutiveTrips how often a trial has failed since the breaker was last closed
     */
    record OpenState(CircuitBreakerPolicy policy, EjectionCause cause, int consecutiveTrips, long untilNanos)
            implements CircuitBreakerState {

        private static final int MAX_DOUBLINGS = 16;

        /** The open state after {@code times} consecutive failed trials. */
        static OpenState after(int times, EjectionCause cause, CircuitBreakerPolicy policy, long nowNanos) {
            long out = Math.min(policy.openNanos() << Math.min(times, MAX_DOUBLINGS), policy.maxOpenNanos());
            return new OpenState(policy, cause, times, nowNanos + out);
        }

        @Override
        public int maxInFlight() {
            return 0;
        }

        /**
         * A response in the open state counts as a trial: the request was sent for lack of another instance, or before
         * the breaker opened.
         */
        @Override
        public CircuitBreakerState onResponse(boolean error, long nowNanos) {
            // A draining instance may still respond to earlier requests.
            boolean silent = cause == EjectionCause.DRAINING || (error && cause == EjectionCause.ERRORS);
            return silent ? this : toHalfOpen().onResponse(error, nowNanos);
        }

        @Override
        public CircuitBreakerState onFailure(long nowNanos) {
            return this;
        }

        @Override
        public CircuitBreakerState eject(EjectionCause why, long nowNanos) {
            boolean stronger = why == EjectionCause.DRAINING
                    ? cause != EjectionCause.DRAINING
                    : why == EjectionCause.UNRESPONSIVE && !cause.untilProbed();
            return stronger ? after(consecutiveTrips, why, policy, nowNanos) : this;
        }

        @Override
        public CircuitBreakerState atTime(long nowNanos) {
            return !cause.untilProbed() && untilNanos - nowNanos <= 0 ? toHalfOpen() : this;
        }

        private CircuitBreakerState toHalfOpen() {
            return new HalfOpenState(policy, cause, consecutiveTrips, 0);
        }
    }

    /**
     * A few requests at a time are let through as trials.
     *
     * @param consecutiveTrips how often a trial has failed since the breaker was last closed
     * @param successes the number of successful trials
     */
    record HalfOpenState(CircuitBreakerPolicy policy, EjectionCause cause, int consecutiveTrips, int successes)
            implements CircuitBreakerState {

        /** Few enough to be retried at other instances, and more than one, since a single response may be chance. */
        private static final int MAX_TRIALS = 3;

        @Override
        public int maxInFlight() {
            return MAX_TRIALS;
        }

        @Override
        public CircuitBreakerState onResponse(boolean error, long nowNanos) {
            if (error && cause == EjectionCause.ERRORS) {
                return eject(cause, nowNanos);
            }
            return successes + 1 >= MAX_TRIALS
                    ? new ClosedState(policy)
                    : new HalfOpenState(policy, cause, consecutiveTrips, successes + 1);
        }

        @Override
        public CircuitBreakerState onFailure(long nowNanos) {
            return eject(EjectionCause.FAILURES, nowNanos);
        }

        @Override
        public CircuitBreakerState eject(EjectionCause cause, long nowNanos) {
            return OpenState.after(consecutiveTrips + 1, cause, policy, nowNanos);
        }

        @Override
        public CircuitBreakerState atTime(long nowNanos) {
            return this;
        }
    }
}
