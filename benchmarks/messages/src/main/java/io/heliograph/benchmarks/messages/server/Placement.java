package io.heliograph.benchmarks.messages.server;

import io.heliograph.benchmarks.harness.machine.Machine;

/**
 * The assignment of processes to cores, in the syntax of {@code taskset}.
 *
 * @param rest the cores of stores and load
 * @param workers the processes or threads of a server with a configurable number of workers
 */
public record Placement(String server, String rest, int workers) {

    /** One core for the server and one for everything else. */
    public static final Placement APART = new Placement("0", "1", 1);

    /** All processes on all cores. */
    public static final Placement TOGETHER = new Placement(Machine.allCores(), Machine.allCores(), Machine.cores());
}
