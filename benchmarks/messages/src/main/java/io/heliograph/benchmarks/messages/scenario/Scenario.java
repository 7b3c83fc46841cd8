package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.messages.report.Report;

/** One claim, measured. */
public interface Scenario {

    /** What it is called on the command line. */
    String name();

    /** Starts all it needs, measures, and leaves nothing running. Fails if a message was lost, repeated or out of order. */
    Report run(Effort effort);
}
