package io.heliograph.operations;

/** The channels and keys in Redis that the replicas of all services share (docs/adr/0047). */
public final class OperationsChannels {

    /** Each gateway with watchers publishes its lease here once a second. */
    public static final String WATCHERS = "heliograph:operations:watchers";

    /** The samples, as JSON. */
    public static final String SAMPLES = "heliograph:operations:samples";

    /** A sorted set of the samples of the last minutes, by the time of Redis in milliseconds. */
    public static final String HISTORY = "heliograph:operations:history";

    private OperationsChannels() {}
}
