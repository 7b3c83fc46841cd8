package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.Contestant;
import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Spread;

/** The bar of a contestant in a chart. */
final class Bars {

    private Bars() {}

    static void add(BarChart chart, Contestant contestant, Spread figure) {
        if (contestant.kind() == Contestant.Kind.OURS) {
            chart.ours(contestant.name(), figure);
        } else {
            chart.other(contestant.name(), figure);
        }
    }
}
