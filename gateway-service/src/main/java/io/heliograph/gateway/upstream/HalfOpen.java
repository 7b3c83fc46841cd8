package io.heliograph.gateway.upstream;

/**
 * The instance is on trial: a few requests at a time show what it is like.
 *
 * @param times how often it was found still broken since it was last well
 * @param good answers so far
 */
record HalfOpen(BreakerPolicy policy, Cause cause, int times, int good) implements State {

    /** Few enough to be repeated elsewhere, and enough not to be taken in by one lucky answer. */
    private static final int TRIALS = 3;

    @Override
    public int room() {
        return TRIALS;
    }

    @Override
    public State answered(boolean error, long nowNanos) {
        if (error && cause == Cause.ERRORS) {
            return eject(cause, nowNanos);
        }
        return good + 1 >= TRIALS ? new Closed(policy) : new HalfOpen(policy, cause, times, good + 1);
    }

    @Override
    public State failed(long nowNanos) {
        return eject(Cause.FAILURES, nowNanos);
    }

    @Override
    public State eject(Cause cause, long nowNanos) {
        return Open.after(times + 1, cause, policy, nowNanos);
    }

    @Override
    public State at(long nowNanos) {
        return this;
    }
}
