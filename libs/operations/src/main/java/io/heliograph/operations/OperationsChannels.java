package io.heliograph.operations;

/** What the replicas of all services have in common in Redis, as docs/adr/0047 has it. */
public final class OperationsChannels {

    /** Each gateway with watchers says so here once a second. */
    public static final String WATCHERS = "heliograph:operations:watchers";

    /** The samples, as JSON. */
    public static final String SAMPLES = "heliograph:operations:samples";

    /** A sorted set of the samples of the last minutes, by the time of Redis in milliseconds. */
    public static final String HISTORY = "heliograph:operations:history";

    private OperationsChannels() {}
}
