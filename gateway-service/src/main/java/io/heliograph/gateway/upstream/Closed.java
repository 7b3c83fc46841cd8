package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.Window.Kind;
import java.util.concurrent.atomic.AtomicInteger;

/** All is well, as far as is known: calls pass and are counted. */
final class Closed implements State {

    private final BreakerPolicy policy;
    private final Window window;
    private final AtomicInteger inARow = new AtomicInteger();

    Closed(BreakerPolicy policy) {
        this.policy = policy;
        this.window = new Window();
    }

    Window window() {
        return window;
    }

    @Override
    public int room() {
        return Integer.MAX_VALUE;
    }

    @Override
    public State answered(boolean error, long nowNanos) {
        window.add(error ? Kind.ERROR : Kind.GOOD, nowNanos);
        if (inARow.get() != 0) {
            inARow.set(0);
        }
        return this;
    }

    @Override
    public State failed(long nowNanos) {
        window.add(Kind.FAILED, nowNanos);
        return inARow.incrementAndGet() >= policy.failuresInARow() || failsTooOften(nowNanos)
                ? eject(Cause.FAILURES, nowNanos)
                : this;
    }

    @Override
    public State eject(Cause cause, long nowNanos) {
        return Open.after(0, cause, policy, nowNanos);
    }

    @Override
    public State at(long nowNanos) {
        return this;
    }

    private boolean failsTooOften(long nowNanos) {
        Window.Counts counts = window.sum(nowNanos);
        return counts.calls() >= policy.minimumCalls() && counts.failureRatioAtLeast(policy.failureRatio());
    }
}
