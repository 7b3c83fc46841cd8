package io.heliograph.gateway.upstream;

/**
 * The instance is on trial: a few requests at a time show what it is like.
 *
 * @param times how often it was found still broken since it was last well
 * @param good answers so far
 */
record HalfOpenState(CircuitBreakerPolicy policy, EjectionCause cause, int consecutiveTrips, int successes)
        implements CircuitBreakerState {

    /** Few enough to be repeated elsewhere, and enough not to be taken in by one lucky answer. */
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
