package io.heliograph.message.overload;

/** A resource of this process that arrivals use up. */
interface Congestion {

    /** A label of metrics. */
    String resource();

    /** To be called before the first call of {@link #isCongested} after a pause. */
    default void begin() {}

    /** Whether it is short now. Called at the end of each interval, from one thread at a time. */
    boolean isCongested();
}
