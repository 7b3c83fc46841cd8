package io.heliograph.benchmarks.messages.server;

import io.heliograph.benchmarks.harness.machine.Machine;

/**
 * Which cores are whose, as {@code taskset} takes them.
 *
 * @param rest those of stores and load
 * @param workers processes or threads of a server that is told how many cores it has
 */
public record Placement(String server, String rest, int workers) {

    /** A core for the server alone, and one for everything else. */
    public static final Placement APART = new Placement("0", "1", 1);

    /** Everything on all cores. */
    public static final Placement TOGETHER = new Placement(Machine.allCores(), Machine.allCores(), Machine.cores());
}
