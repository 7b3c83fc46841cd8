package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CircuitBreakerState.ClosedState;
import io.heliograph.gateway.upstream.CircuitBreakerState.EjectionCause;
import io.heliograph.gateway.upstream.CircuitBreakerState.OpenState;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The circuit breaker of one instance, shared by all event loops. Of two concurrent events one may be lost; the next of
 * its kind makes up for it.
 */
final class CircuitBreaker {

    private final AtomicReference<CircuitBreakerState> state;

    CircuitBreaker(CircuitBreakerPolicy policy) {
        this.state = new AtomicReference<>(new ClosedState(policy));
    }

    /** As it is now; an instance whose time is over is on trial. */
    CircuitBreakerState state(long nowNanos) {
        CircuitBreakerState now = state.get();
        return now instanceof ClosedState ? now : transition(now, now.atTime(nowNanos));
    }

    /** @return whether it is well now and was not */
    boolean onResponse(boolean error, long nowNanos) {
        CircuitBreakerState before = state.get();
        CircuitBreakerState after = transition(before, before.onResponse(error, nowNanos));
        return after instanceof ClosedState && !(before instanceof ClosedState);
    }

    /** @return whether it is out now and was not */
    boolean onFailure(long nowNanos) {
        CircuitBreakerState before = state(nowNanos);
        return moveToOpen(before, before.onFailure(nowNanos));
    }

    /** @return whether it is out now and was not */
    boolean eject(EjectionCause cause, long nowNanos) {
        CircuitBreakerState before = state(nowNanos);
        return moveToOpen(before, before.eject(cause, nowNanos));
    }

    boolean isDraining() {
        return state.get() instanceof OpenState open && open.cause() == EjectionCause.DRAINING;
    }

    /** Whether it is out until it answers a probe. */
    boolean awaitsProbe() {
        return state.get() instanceof OpenState open && open.cause().untilProbed();
    }

    /** @return whether it was out until it answers a probe; now it is well */
    boolean recovered() {
        return state.get() instanceof OpenState open
                && open.cause().untilProbed()
                && transition(open, new ClosedState(open.policy())) instanceof ClosedState;
    }

    private boolean moveToOpen(CircuitBreakerState before, CircuitBreakerState after) {
        return after instanceof OpenState && after != before && transition(before, after) == after;
    }

    /** The state after it, which is another one if someone else was faster. */
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
}
