package io.heliograph.gateway.upstream;

/**
 * The instance is out until a time; one that said that it goes, or that fell silent, until it answers a probe.
 *
 * @param times how often it was found still broken since it was last well
 */
record OpenState(CircuitBreakerPolicy policy, EjectionCause cause, int consecutiveTrips, long untilNanos)
        implements CircuitBreakerState {

    private static final int MAX_DOUBLINGS = 16;

    /** Out for the {@code times}-th time in a row, counted from 0. */
    static OpenState after(int times, EjectionCause cause, CircuitBreakerPolicy policy, long nowNanos) {
        long out = Math.min(policy.openNanos() << Math.min(times, MAX_DOUBLINGS), policy.maxOpenNanos());
        return new OpenState(policy, cause, times, nowNanos + out);
    }

    @Override
    public int maxInFlight() {
        return 0;
    }

    /** It was asked for lack of another, or long ago: either way it is worth a trial. */
    @Override
    public CircuitBreakerState onResponse(boolean error, long nowNanos) {
        // What it was asked before it said that it leaves, it may still answer well.
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
