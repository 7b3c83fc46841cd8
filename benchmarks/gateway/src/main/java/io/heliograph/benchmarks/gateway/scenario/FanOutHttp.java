package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.gateway.stack.Placement;
import io.heliograph.benchmarks.gateway.stack.Traffic;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.process.ServiceProcess;
import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many calls of a slow service: sequentially, compared with one batch request. */
public final class FanOutHttp implements Scenario {

    private static final String PATH = "/api/users/0199c0de-0000-7000-8000-000000000001?";

    /** A number of calls, each of which takes this time in the service. */
    private record Calls(int count, int millis) {
        String path() {
            return PATH + millis;
        }

        String batch() {
            return IntStream.range(0, count)
                    .mapToObj(i -> "{\"id\":" + i + ",\"method\":\"GET\",\"path\":\"" + path() + "\"}")
                    .collect(Collectors.joining(",", "{\"requests\":[", "]}"));
        }

        @Override
        public String toString() {
            return count + " calls of " + millis + " ms";
        }
    }

    /** The time of each round, in milliseconds. */
    private record Times(Calls calls, List<Double> oneByOne, List<Double> together) {
        double gain(int round) {
            return oneByOne.get(round) / together.get(round);
        }

        Spread gain() {
            return Spread.of(IntStream.range(0, together.size()).boxed().toList(), this::gain);
        }
    }

    private static final Calls FEW = new Calls(10, 100);
    private static final Calls MANY = new Calls(50, 100);

    private static final Calls SLOW = new Calls(10, 2000);

    @Override
    public String name() {
        return "fan-out-http";
    }

    @Override
    public Report run(Effort effort) {
        try (GatewayStack stack = new GatewayStack(Placement.APART, effort)) {
            ServiceProcess gateway = stack.gatewayProcess(Traffic.FULL);
            String token = stack.tokens().get(0);
            effort.progress("warming up");
            together(gateway, token, FEW);
            oneByOne(gateway, token, FEW);
            List<Times> all = (effort.quick() ? List.of(FEW) : List.of(FEW, MANY, SLOW))
                    .stream()
                            .map(calls -> new Times(calls, new ArrayList<>(), new ArrayList<>()))
                            .toList();
            for (int round = 1; round <= effort.rounds(); round++) {
                for (Times times : all) {
                    effort.progress("round " + round + " of " + effort.rounds() + ": " + times.calls());
                    times.oneByOne().add(oneByOne(gateway, token, times.calls()));
                    times.together().add(together(gateway, token, times.calls()));
                }
            }
            return report(stack, all, effort);
        }
    }

    private static double oneByOne(ServiceProcess gateway, String token, Calls calls) {
        long start = System.nanoTime();
        for (int i = 0; i < calls.count(); i++) {
            gateway.ask("GET", calls.path(), token, "");
        }
        return millisSince(start);
    }

    private static double together(ServiceProcess gateway, String token, Calls calls) {
        long start = System.nanoTime();
        String answers = gateway.ask("POST", "/api/batch", token, calls.batch()).body();
        double millis = millisSince(start);
        if (answers.split("\"username\":\"ada\"", -1).length != calls.count() + 1) {
            throw new IllegalStateException("missing responses: " + answers);
        }
        return millis;
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private Report report(GatewayStack stack, List<Times> all, Effort effort) {
        Report report = new Report(name());
        report.line(
                "Calls of a slow service, with a token and two limits, by one client, measured until it has all"
                        + " responses. The gateway makes at most 16 concurrent calls per batch, its default."
                        + " Contestants take turns; median of %d rounds (lowest–highest).",
                effort.rounds());
        report.line("");
        Page.settings(report, stack);
        report.table("", "sequential, ms", "`POST /api/batch`, ms", "times as fast");
        for (Times times : all) {
            report.row(List.of(
                    times.calls().toString(),
                    Spread.of(times.oneByOne()).text("%.0f"),
                    Spread.of(times.together()).text("%.0f"),
                    times.gain().text("%.1f")));
        }
        return report.chart(chart(all));
    }

    private static BarChart chart(List<Times> all) {
        BarChart chart = new BarChart("Many slow calls");
        for (Times times : all) {
            chart.panel(times.calls() + ": ms until all have responses")
                    .ours("POST /api/batch", Spread.of(times.together()))
                    .other("sequential", Spread.of(times.oneByOne()));
        }
        return chart;
    }
}
