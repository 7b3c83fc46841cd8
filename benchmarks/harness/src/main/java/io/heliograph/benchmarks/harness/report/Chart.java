package io.heliograph.benchmarks.harness.report;

/** A picture of figures, beside the table that has them all. */
public sealed interface Chart permits BarChart, LineChart {

    /** A document of its own, readable on light and dark pages. */
    String svg();
}
