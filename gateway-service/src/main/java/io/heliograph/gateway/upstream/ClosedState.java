package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CallWindow.CallOutcome;
import java.util.concurrent.atomic.AtomicInteger;

/** All is well, as far as is known: calls pass and are counted. */
final class ClosedState implements CircuitBreakerState {

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
