package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CircuitBreakerState.ClosedState;
import io.heliograph.gateway.upstream.CircuitBreakerState.EjectionCause;
import io.heliograph.gateway.upstream.CircuitBreakerState.OpenState;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The circuit breaker of one instance, shared by all event loops. One of two concurrent events may be lost, which the
 * next one of its kind makes up for.
 */
final class CircuitBreaker {

    private final AtomicReference<CircuitBreakerState> state;

    CircuitBreaker(CircuitBreakerPolicy policy) {
        this.state = new AtomicReference<>(new ClosedState(policy));
    }

    /** The present state: an open breaker whose time is over becomes half-open. */
    CircuitBreakerState state(long nowNanos) {
        CircuitBreakerState now = state.get();
        return now instanceof ClosedState ? now : transition(now, now.atTime(nowNanos));
    }

    /** @return whether the breaker has just closed */
    boolean onResponse(boolean error, long nowNanos) {
        CircuitBreakerState before = state.get();
        CircuitBreakerState after = transition(before, before.onResponse(error, nowNanos));
        return after instanceof ClosedState && !(before instanceof ClosedState);
    }

    /** @return whether the breaker has just opened */
    boolean onFailure(long nowNanos) {
        CircuitBreakerState before = state(nowNanos);
        return moveToOpen(before, before.onFailure(nowNanos));
    }

    /** @return whether the breaker has just opened */
    boolean eject(EjectionCause cause, long nowNanos) {
        CircuitBreakerState before = state(nowNanos);
        return moveToOpen(before, before.eject(cause, nowNanos));
    }

    boolean isDraining() {
        return state.get() instanceof OpenState open && open.cause() == EjectionCause.DRAINING;
    }

    /** Whether the instance is ejected until a probe succeeds. */
    boolean awaitsProbe() {
        return state.get() instanceof OpenState open && open.cause().untilProbed();
    }

    /**
     * Closes the breaker after a successful probe.
     *
     * @return whether the instance was waiting for one
     */
    boolean recovered() {
        return state.get() instanceof OpenState open
                && open.cause().untilProbed()
                && transition(open, new ClosedState(open.policy())) instanceof ClosedState;
    }

    private boolean moveToOpen(CircuitBreakerState before, CircuitBreakerState after) {
        return after instanceof OpenState && after != before && transition(before, after) == after;
    }

    /** The state after the transition, which is another one if a concurrent event was faster. */
    private CircuitBreakerState transition(CircuitBreakerState from, CircuitBreakerState to) {
        return from == to || state.compareAndSet(from, to) ? to : state.get();
    }

    /** The thresholds of circuit breakers; see {@link ResilienceConfig}. */
    record CircuitBreakerPolicy(
            int consecutiveFailures, double failureRatio, int minimumCalls, long openNanos, long maxOpenNanos) {

        static CircuitBreakerPolicy of(ResilienceConfig config) {
            return new CircuitBreakerPolicy(
                    config.consecutiveFailures(),
                    config.failureRatio(),
                    config.minimumCalls(),
                    config.openDuration().toNanos(),
                    config.maxOpenDuration().toNanos());
        }
    }

    /**
     * Counts of calls in the last ten seconds. Each second is one number with its time and its counts, so that counting
     * is one compare-and-set and nothing has to be cleared.
     */
    static final class CallWindow {

        private static final int SECONDS = 10;
        /** The bits of the time and of each of the three counts. A count that has reached the maximum stays there. */
        private static final int BITS = 16;

        private static final long MAX = (1L << BITS) - 1;
        private static final int CALLS = BITS;
        private static final int ERRORS = 2 * BITS;
        private static final int FAILED = 3 * BITS;

        private final AtomicLongArray seconds = new AtomicLongArray(SECONDS);

        enum CallOutcome {
            SUCCESS,
            /** The service responded with an error. */
            ERROR,
            /** The service did not respond. */
            FAILURE
        }

        /** Sums over the window; {@code errors} include {@code failed}. */
        record CallCounts(long calls, long errors, long failed) {

            boolean errorRatioAtLeast(double ratio) {
                return errors >= calls * ratio;
            }

            boolean failureRatioAtLeast(double ratio) {
                return failed >= calls * ratio;
            }

            CallCounts plus(CallCounts other) {
                return new CallCounts(calls + other.calls, errors + other.errors, failed + other.failed);
            }
        }

        void record(CallOutcome outcome, long nowNanos) {
            long second = second(nowNanos);
            int slot = (int) (second % SECONDS);
            long more = 1L << CALLS;
            more += outcome == CallOutcome.SUCCESS ? 0 : 1L << ERRORS;
            more += outcome == CallOutcome.FAILURE ? 1L << FAILED : 0;
            while (true) {
                long old = seconds.get(slot);
                long start = (old & MAX) == second ? old : second;
                if (count(start, CALLS) == MAX || seconds.compareAndSet(slot, old, start + more)) {
                    return;
                }
            }
        }

        CallCounts sum(long nowNanos) {
            long now = second(nowNanos);
            long calls = 0;
            long errors = 0;
            long failed = 0;
            for (int i = 0; i < SECONDS; i++) {
                long counts = seconds.get(i);
                if (((now - counts) & MAX) < SECONDS) {
                    calls += count(counts, CALLS);
                    errors += count(counts, ERRORS);
                    failed += count(counts, FAILED);
                }
            }
            return new CallCounts(calls, errors, failed);
        }

        private static long count(long counts, int which) {
            return (counts >>> which) & MAX;
        }

        private static long second(long nanos) {
            return TimeUnit.NANOSECONDS.toSeconds(nanos) & MAX;
        }
    }
}
