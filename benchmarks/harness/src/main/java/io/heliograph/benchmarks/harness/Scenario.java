package io.heliograph.benchmarks.harness;

import io.heliograph.benchmarks.harness.report.Report;

/** One claim, measured. */
public interface Scenario {

    /** What it is called on the command line. */
    String name();

    /** Starts all it needs, measures, and leaves nothing running. Fails if an answer or a delivery was not what it must be. */
    Report run(Effort effort);
}
