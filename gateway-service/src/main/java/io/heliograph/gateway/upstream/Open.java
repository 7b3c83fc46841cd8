package io.heliograph.gateway.upstream;

/**
 * The instance is out until a time; one that said that it goes, or that fell silent, until it answers a probe.
 *
 * @param times how often it was found still broken since it was last well
 */
record Open(BreakerPolicy policy, Cause cause, int times, long untilNanos) implements State {

    private static final int MOST_TIMES = 16;

    /** Out for the {@code times}-th time in a row, counted from 0. */
    static Open after(int times, Cause cause, BreakerPolicy policy, long nowNanos) {
        long out = Math.min(policy.outNanos() << Math.min(times, MOST_TIMES), policy.longestOutNanos());
        return new Open(policy, cause, times, nowNanos + out);
    }

    @Override
    public int room() {
        return 0;
    }

    /** It was asked for lack of another, or long ago: either way it is worth a trial. */
    @Override
    public State answered(boolean error, long nowNanos) {
        // What it was asked before it said that it leaves, it may still answer well.
        boolean silent = cause == Cause.LEAVING || (error && cause == Cause.ERRORS);
        return silent ? this : onTrial().answered(error, nowNanos);
    }

    @Override
    public State failed(long nowNanos) {
        return this;
    }

    @Override
    public State eject(Cause why, long nowNanos) {
        boolean stronger = why == Cause.LEAVING ? cause != Cause.LEAVING : why == Cause.SILENT && !cause.untilProbed();
        return stronger ? after(times, why, policy, nowNanos) : this;
    }

    @Override
    public State at(long nowNanos) {
        return !cause.untilProbed() && untilNanos - nowNanos <= 0 ? onTrial() : this;
    }

    private State onTrial() {
        return new HalfOpen(policy, cause, times, 0);
    }
}
