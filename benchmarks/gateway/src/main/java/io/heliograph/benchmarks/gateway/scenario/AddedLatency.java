package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.Contestant;
import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.gateway.stack.Placement;
import io.heliograph.benchmarks.gateway.stack.Traffic;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.PacedLoad;
import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The latency that a proxy adds when it is not saturated. */
public final class AddedLatency implements Scenario {

    private static final int SECONDS = 10;

    private static final int WARMING = 6;

    /** Rates are rounded to multiples of this, which is also the lowest rate. */
    private static final int STEP = 100;

    /** A contestant at a request rate, with the latencies of each round. */
    private record Way(Contestant contestant, double rate, List<Latencies> rounds) {
        void measure(GatewayStack stack, Effort effort) {
            rounds.add(paced(stack, contestant, rate, effort.seconds(SECONDS)));
        }

        Spread millis(double percentile) {
            return Spread.of(rounds, round -> round.millis(percentile));
        }

        Spread over(Way direct, double percentile) {
            List<Double> added = IntStream.range(0, rounds.size())
                    .mapToObj(i -> rounds.get(i).millis(percentile)
                            - direct.rounds.get(i).millis(percentile))
                    .toList();
            return Spread.of(added);
        }
    }

    @Override
    public String name() {
        return "added-latency";
    }

    @Override
    public Report run(Effort effort) {
        try (GatewayStack stack = new GatewayStack(Placement.APART, effort)) {
            Way gateway = way(stack, stack.gateway(Traffic.FULL), effort);
            List<Way> ways = new ArrayList<>(List.of(
                    new Way(stack.service(Traffic.FULL), gateway.rate(), new ArrayList<>()),
                    new Way(stack.nginx(Traffic.FULL), gateway.rate(), new ArrayList<>()),
                    gateway));
            Trial.rivals(stack, Traffic.FULL, effort)
                    .forEach(rival -> Trial.passed(rival, () -> ways.add(way(stack, rival, effort))));
            gateway.contestant().usage().resetPeak();
            for (int round = 1; round <= effort.rounds(); round++) {
                String progress = "round " + round + " of " + effort.rounds() + ": ";
                ways.removeIf(way -> {
                    effort.progress(progress + way.contestant().name() + " at " + way.rate());
                    return !Trial.passed(way.contestant(), () -> way.measure(stack, effort));
                });
            }
            return report(stack, ways, gateway);
        }
    }

    /** Warms up the contestant and returns it at a third of its maximum rate. */
    private static Way way(GatewayStack stack, Contestant contestant, Effort effort) {
        effort.progress("warming up " + contestant.name());
        Saturation.warmUp(stack, contestant, effort);
        double saturated =
                Saturation.measure(stack, contestant, effort.seconds(SECONDS)).rate();
        double rate = Math.max(STEP, Math.floor(saturated / 3 / STEP) * STEP);
        // A proxy without load takes other code paths than a saturated one, and so do connections that close. The JVM
        // then discards compiled code, until it has seen these paths several times.
        for (int i = 0; i < WARMING; i++) {
            paced(stack, contestant, rate, effort.seconds(SECONDS / 2));
        }
        return new Way(contestant, rate, new ArrayList<>());
    }

    private static Latencies paced(GatewayStack stack, Contestant contestant, double rate, Duration time) {
        try (Loop loop = new Loop(PacedLoad.TURN)) {
            return new PacedLoad(
                            loop,
                            contestant.address(),
                            GatewayStack.CONNECTIONS,
                            contestant.traffic().path(),
                            stack.tokens())
                    .run(rate, time);
        }
    }

    private Report report(GatewayStack stack, List<Way> ways, Way gateway) {
        Report report = new Report(name());
        report.line(
                "Requests through the full chain as in [proxy](proxy.md), over %d connections, at a third of the"
                        + " maximum rate that each gateway reached just before; the service and nginx, which only"
                        + " forwards, at the rate of our gateway. Latency is measured from the due time of a request,"
                        + " even if it was sent late, so that pauses are included. %s Contestants take turns; median of"
                        + " %d rounds (lowest–highest).",
                GatewayStack.CONNECTIONS,
                stack.placement().description(),
                gateway.rounds().size());
        report.line("");
        Page.settings(report, stack);
        report.table("", "requests/s", "p50 ms", "p99 ms", "p99.9 ms", "added p50", "added p99");
        ways.forEach(way -> report.row(cells(way, ways.get(0))));
        report.chart(chart(ways)).line("");
        return report.line(
                "Peak resident memory of the gateway under this load: %d MiB.",
                gateway.contestant().usage().peakResidentBytes() >> 20);
    }

    private static List<String> cells(Way way, Way direct) {
        return List.of(
                way.contestant().name(),
                String.format(Locale.ROOT, "%.0f", way.rate()),
                way.millis(50).text("%.2f"),
                way.millis(99).text("%.2f"),
                way.millis(99.9).text("%.2f"),
                way.over(direct, 50).text("%.2f"),
                way.over(direct, 99).text("%.2f"));
    }

    private static BarChart chart(List<Way> ways) {
        BarChart chart = new BarChart("Latency at a third of the maximum rate of a gateway");
        for (double percentile : new double[] {50, 99}) {
            chart.panel(String.format(Locale.ROOT, "p%.0f, ms", percentile));
            ways.forEach(way -> way.contestant().draw(chart, way.millis(percentile)));
        }
        return chart;
    }
}
