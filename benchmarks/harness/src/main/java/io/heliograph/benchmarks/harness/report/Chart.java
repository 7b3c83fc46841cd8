package io.heliograph.benchmarks.harness.report;

/** A chart of figures that are also in the table of the page. */
public sealed interface Chart permits BarChart, LineChart {

    /** A complete SVG document, readable on light and dark pages. */
    String svg();
}
