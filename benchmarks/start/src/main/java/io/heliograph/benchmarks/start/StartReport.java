package io.heliograph.benchmarks.start;

import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Puts what {@link Start} has seen into words. */
record StartReport(Map<Contestant, List<Contestant.Sample>> samples, List<String> versions) {

    Report report() {
        Report report = new Report("start");
        report.line(
                "From the start of the process to the first answer to an HTTP request; our services are asked once they"
                        + " say that they are ready, with PostgreSQL and Redis there and the tables made. Memory is what"
                        + " is resident a second later, when the workers of all are there; of what processes share each"
                        + " has its part."
                        + " Nothing is pinned; one contestant runs at a time, in turns; median of %d rounds"
                        + " (lowest–highest).",
                samples.values().iterator().next().size());
        report.line("").line("Services: %s.", options());
        versions.forEach(version -> report.line("").line("%s.", version));
        report.chart(chart());
        report.table("", "first answer after, s", "CPU s until then", "resident a second later, MiB");
        samples.forEach((contestant, rounds) -> report.row(List.of(
                contestant.name(),
                spread(rounds, Contestant.Sample::seconds).text("%.2f"),
                spread(rounds, Contestant.Sample::cpuSeconds).text("%.2f"),
                spread(rounds, StartReport::mebibytes).text("%.0f"))));
        return report;
    }

    private static String options() {
        return String.join(
                "; ",
                Start.JVM.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(service -> service.getKey() + " `java " + String.join(" ", service.getValue()) + "`")
                        .toList());
    }

    private BarChart chart() {
        BarChart chart =
                new BarChart("start: time and memory to the first answer").panel("seconds to the first answer");
        samples.forEach((contestant, rounds) ->
                chart.bar(contestant.name(), contestant.ours(), spread(rounds, Contestant.Sample::seconds)));
        chart.panel("MiB resident a second later");
        samples.forEach((contestant, rounds) ->
                chart.bar(contestant.name(), contestant.ours(), spread(rounds, StartReport::mebibytes)));
        return chart;
    }

    private static double mebibytes(Contestant.Sample sample) {
        return sample.residentBytes() / 1048576.0;
    }

    private static Spread spread(List<Contestant.Sample> rounds, ToDoubleFunction<Contestant.Sample> figure) {
        return Spread.of(rounds, figure);
    }
}
