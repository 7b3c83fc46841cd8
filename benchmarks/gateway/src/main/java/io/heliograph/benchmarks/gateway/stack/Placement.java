package io.heliograph.benchmarks.gateway.stack;

import io.heliograph.benchmarks.harness.machine.Machine;

/** The assignment of processes to cores. A proxy has one worker or event loop for each of its cores. */
public enum Placement {
    /** The proxy has its own core, so that its rate shows its cost. */
    APART("0", "1", 1),
    /** All processes on all cores, as when a proxy and its services share a machine. */
    TOGETHER(Machine.allCores(), Machine.allCores(), Machine.cores());

    /** In the syntax of {@code taskset}. */
    final String proxy;

    final String others;
    final int workers;

    /** A description for a result page. */
    public String description() {
        return this == APART
                ? "Each proxy has core 0 to itself while it is measured, with one worker or event loop; wrk, Redis and"
                        + " the service, an nginx with a fixed response, share core 1."
                : "Each proxy has one worker or event loop per core, and shares the cores with wrk, Redis and the"
                        + " service, an nginx with a fixed response.";
    }

    Placement(String proxy, String others, int workers) {
        this.proxy = proxy;
        this.others = others;
        this.workers = workers;
    }
}
