package io.heliograph.gateway.upstream;

/** What is held of an instance. A state never changes but in what it has counted; an event leads to the next one. */
sealed interface CircuitBreakerState permits ClosedState, OpenState, HalfOpenState {

    /** How many requests the instance may have in flight as an equal of the others. */
    int maxInFlight();

    /** An answer came, whatever its status. */
    CircuitBreakerState onResponse(boolean error, long nowNanos);

    /** No answer came. */
    CircuitBreakerState onFailure(long nowNanos);

    /** Why an instance is out: what is a good sign depends on it. */
    enum EjectionCause {
        FAILURES,
        /** Answers with errors, where others have none. */
        ERRORS,
        /** It said that it goes: no request is tried on it, whatever time passes. */
        DRAINING,
        /** It answers neither requests nor probes: no request is tried on it until it answers a probe. */
        UNRESPONSIVE;

        /** Whether it is out until it answers a probe, and not for a time. */
        boolean untilProbed() {
            return this == DRAINING || this == UNRESPONSIVE;
        }
    }

    /** There is enough to be said against it already. */
    CircuitBreakerState eject(EjectionCause cause, long nowNanos);

    /** Time has passed. */
    CircuitBreakerState atTime(long nowNanos);
}
