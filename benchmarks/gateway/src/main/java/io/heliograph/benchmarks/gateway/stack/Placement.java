package io.heliograph.benchmarks.gateway.stack;

import io.heliograph.benchmarks.harness.machine.Machine;

/** On which cores the processes of a run are; a proxy has a worker, or an event loop, for each of its own. */
public enum Placement {
    /** The proxy alone on one core: what it costs shows as its rate. */
    APART("0", "1", 1),
    /** Everything on all cores, as where a proxy and what is behind it share a machine. */
    TOGETHER(Machine.allCores(), Machine.allCores(), Machine.cores());

    /** As {@code taskset} takes them. */
    final String proxy;

    final String others;
    final int workers;

    /** A sentence or two for a report. */
    public String description() {
        return this == APART
                ? "Each proxy has core 0 to itself while it is measured, with one worker or event loop; wrk, Redis and the"
                        + " service behind all, which is an nginx with a fixed answer, share core 1."
                : "Each proxy has as many workers, or event loops, as there are cores, and shares all of them with wrk, Redis"
                        + " and the service behind all, which is an nginx with a fixed answer.";
    }

    Placement(String proxy, String others, int workers) {
        this.proxy = proxy;
        this.others = others;
        this.workers = workers;
    }
}
