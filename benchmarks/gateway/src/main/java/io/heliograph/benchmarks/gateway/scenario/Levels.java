package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.Contestant;
import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.gateway.stack.Placement;
import io.heliograph.benchmarks.gateway.stack.Traffic;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.process.Wrk;
import io.heliograph.benchmarks.harness.report.LineChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Throughput and latency by the number of concurrent clients, to find the saturation point of a proxy. */
public final class Levels implements Scenario {

    private static final List<Integer> ALL = List.of(1, 10, 50, 100, 500, 1000);

    /** The lowest, a middle and the highest level. */
    private static final List<Integer> FEW = List.of(1, 100, 1000);

    /** The time at each level. */
    private static final int SECONDS = 4;

    /** One contestant at one level. */
    private record Step(Contestant contestant, int clients) {}

    private final Map<Step, List<Wrk.Result>> rounds = new LinkedHashMap<>();

    @Override
    public String name() {
        return "levels";
    }

    @Override
    public Report run(Effort effort) {
        try (GatewayStack stack = new GatewayStack(Placement.APART, effort)) {
            List<Contestant> contestants = Trial.warmUp(stack, contestants(stack, effort), effort);
            List<Integer> levels = effort.quick() ? FEW : ALL;
            for (int round = 1; round <= effort.rounds(); round++) {
                for (int clients : levels) {
                    effort.progress("round " + round + " of " + effort.rounds() + ": " + clients + " clients");
                    contestants.forEach(contestant -> measure(stack, new Step(contestant, clients), effort));
                }
            }
            return report(stack, contestants, levels, effort);
        }
    }

    private static List<Contestant> contestants(GatewayStack stack, Effort effort) {
        List<Contestant> contestants = new ArrayList<>(stack.gatewaysOnEachJdk(Traffic.FULL));
        contestants.add(stack.nginx(Traffic.FULL));
        contestants.addAll(Trial.rivals(stack, Traffic.FULL, effort));
        return contestants;
    }

    private void measure(GatewayStack stack, Step step, Effort effort) {
        Wrk.Result result = stack.wrk(step.clients())
                .attempt(
                        step.contestant().address(),
                        stack.calls(step.contestant().traffic()),
                        effort.seconds(SECONDS));
        rounds.computeIfAbsent(step, absent -> new ArrayList<>()).add(result);
    }

    private Report report(GatewayStack stack, List<Contestant> contestants, List<Integer> levels, Effort effort) {
        Report report = new Report(name());
        report.line(
                "A number of concurrent clients, each of which sends its next request as soon as it has a response, for"
                        + " %d s; nginx only forwards, the others run the full chain of [proxy](proxy.md), each with up"
                        + " to %d connections to the service. %s Latency is measured from the moment a request was"
                        + " sent: beyond the saturation point more clients only increase it. Contestants take turns;"
                        + " median of %d rounds (lowest–highest).",
                SECONDS, GatewayStack.CONNECTIONS, stack.placement().description(), effort.rounds());
        report.line("");
        Page.settings(report, stack);
        for (Contestant contestant : contestants) {
            report.line("").line("**%s**", contestant.name());
            report.table("clients", "requests/s", "mean ms", "p95 ms", "p99 ms", "successful, %");
            levels.forEach(clients -> report.row(cells(new Step(contestant, clients))));
        }
        return report.chart(chart(contestants, levels));
    }

    private List<String> cells(Step step) {
        return List.of(
                Integer.toString(step.clients()),
                spread(step, Wrk.Result::rate).text("%.0f"),
                spread(step, result -> result.latency().meanMillis()).text("%.2f"),
                spread(step, result -> result.latency().p95Millis()).text("%.2f"),
                spread(step, result -> result.latency().p99Millis()).text("%.2f"),
                spread(step, Wrk.Result::successPercent).text("%.2f"));
    }

    private LineChart chart(List<Contestant> contestants, List<Integer> levels) {
        LineChart chart = new LineChart("By the number of concurrent clients", "clients");
        chart.panel("requests/s");
        contestants.forEach(contestant -> line(chart, contestant, levels, Wrk.Result::rate));
        chart.logarithmicPanel("p99, ms");
        contestants.forEach(contestant ->
                line(chart, contestant, levels, result -> result.latency().p99Millis()));
        return chart;
    }

    private void line(
            LineChart chart, Contestant contestant, List<Integer> levels, ToDoubleFunction<Wrk.Result> figure) {
        chart.line(
                contestant.name(),
                levels.stream()
                        .map(clients -> new LineChart.Point(clients, spread(new Step(contestant, clients), figure)))
                        .toList());
    }

    private Spread spread(Step step, ToDoubleFunction<Wrk.Result> figure) {
        return Spread.of(rounds.get(step), figure);
    }
}
