package io.heliograph.benchmarks.harness;

import io.heliograph.benchmarks.harness.report.Report;

/** A benchmark that measures one claim. */
public interface Scenario {

    /** Its name on the command line and the name of its result page. */
    String name();

    /**
     * Starts all required processes, measures and stops the processes. Fails if a response or a delivery is incorrect.
     */
    Report run(Effort effort);
}
