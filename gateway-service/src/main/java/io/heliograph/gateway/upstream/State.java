package io.heliograph.gateway.upstream;

/** What is held of an instance. A state never changes but in what it has counted; an event leads to the next one. */
sealed interface State permits Closed, Open, HalfOpen {

    /** How many requests the instance may have in flight as an equal of the others. */
    int room();

    /** An answer came, whatever its status. */
    State answered(boolean error, long nowNanos);

    /** No answer came. */
    State failed(long nowNanos);

    /** Why an instance is out: what is a good sign depends on it. */
    enum Cause {
        FAILURES,
        /** Answers with errors, where others have none. */
        ERRORS,
        /** It said that it goes: no request is tried on it, whatever time passes. */
        LEAVING,
        /** It answers neither requests nor probes: no request is tried on it until it answers a probe. */
        SILENT;

        /** Whether it is out until it answers a probe, and not for a time. */
        boolean untilProbed() {
            return this == LEAVING || this == SILENT;
        }
    }

    /** There is enough to be said against it already. */
    State eject(Cause cause, long nowNanos);

    /** Time has passed. */
    State at(long nowNanos);
}
