package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.Contestant;
import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The results of the contestants under saturating load, measured in turn in each round. */
final class Turns {

    /** Nine contestants in three rounds with warm-up must finish in six minutes. */
    private static final int SECONDS = 6;

    private final Contestant baseline;
    private final Map<Contestant, List<Saturation>> rounds = new LinkedHashMap<>();

    private Turns(Contestant baseline) {
        this.baseline = baseline;
    }

    /** @param baseline the contestant to which the others are compared */
    static Turns take(GatewayStack stack, List<Contestant> contestants, Contestant baseline, Effort effort) {
        Turns turns = new Turns(baseline);
        List<Contestant> remaining = Trial.warmUp(stack, contestants, effort);
        remaining.forEach(contestant -> turns.rounds.put(contestant, new ArrayList<>()));
        for (int round = 1; round <= effort.rounds(); round++) {
            String progress = "round " + round + " of " + effort.rounds() + ": ";
            remaining.removeIf(contestant -> {
                effort.progress(progress + contestant.name());
                return !Trial.passed(contestant, () -> turns.measure(stack, contestant, effort));
            });
        }
        turns.rounds.keySet().retainAll(remaining);
        return turns;
    }

    private void measure(GatewayStack stack, Contestant contestant, Effort effort) {
        rounds.get(contestant).add(Saturation.measure(stack, contestant, effort.seconds(SECONDS)));
    }

    Report addTo(Report report) {
        String times = "times " + baseline.name();
        report.table(
                "",
                "requests/s",
                times,
                "CPU µs per request",
                times,
                "% of one core",
                "resident MiB",
                "reached the service, %",
                "Redis: scripts per request",
                "CPU µs per request");
        rounds.keySet().forEach(contestant -> report.row(cells(contestant)));
        return report.chart(chart());
    }

    private List<String> cells(Contestant contestant) {
        return List.of(
                contestant.name(),
                spread(contestant, Saturation::rate).text("%.0f"),
                times(contestant, Saturation::rate).text("%.2f"),
                spread(contestant, Turns::cpuMicros).text("%.1f"),
                times(contestant, Turns::cpuMicros).text("%.2f"),
                spread(contestant, round -> round.cpu().busyPercent()).text("%.0f"),
                spread(contestant, Saturation::residentMib).text("%.0f"),
                spread(contestant, Saturation::passedOnPercent).text("%.0f"),
                spread(contestant, round -> round.redis().scripts()).text("%.2f"),
                spread(contestant, round -> round.redis().cpuMicros()).text("%.1f"));
    }

    private BarChart chart() {
        BarChart chart = new BarChart("Capacity of one proxy").panel("requests/s");
        rounds.keySet().forEach(contestant -> contestant.draw(chart, spread(contestant, Saturation::rate)));
        chart.panel("CPU µs per request");
        rounds.keySet().forEach(contestant -> contestant.draw(chart, spread(contestant, Turns::cpuMicros)));
        return chart;
    }

    private static double cpuMicros(Saturation round) {
        return round.cpu().microsPerRequest();
    }

    private Spread spread(Contestant contestant, ToDoubleFunction<Saturation> figure) {
        return Spread.of(rounds.get(contestant), figure);
    }

    /** Computed per round, so that load of the machine affects both figures. */
    private Spread times(Contestant contestant, ToDoubleFunction<Saturation> figure) {
        List<Saturation> own = rounds.get(contestant);
        List<Saturation> others = rounds.get(baseline);
        List<Double> ratios = IntStream.range(0, own.size())
                .mapToObj(i -> figure.applyAsDouble(own.get(i)) / figure.applyAsDouble(others.get(i)))
                .toList();
        return Spread.of(ratios);
    }
}
