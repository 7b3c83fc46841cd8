package io.heliograph.benchmarks.start;

import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The result page of {@link Start}. */
record StartReport(Map<Contestant, List<Contestant.Sample>> samples, List<String> versions) {

    Report report() {
        Report report = new Report("start");
        report.line(
                "Time from the start of the process to the first response to an HTTP request; our services receive the"
                        + " request when they report readiness, with PostgreSQL and Redis running and the tables"
                        + " created. Memory is resident memory one second later, when all workers are running; shared"
                        + " pages are divided between the processes that share them. Processes are not pinned; one"
                        + " contestant runs at a time, in turn; median of %d rounds (lowest–highest).",
                samples.values().iterator().next().size());
        report.line("").line("Services: %s.", options());
        versions.forEach(version -> report.line("").line("%s.", version));
        report.chart(chart());
        report.table("", "first response after, s", "CPU s until then", "resident one second later, MiB");
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
                new BarChart("start: time and memory at the first response").panel("seconds to the first response");
        samples.forEach((contestant, rounds) ->
                chart.bar(contestant.name(), contestant.ours(), spread(rounds, Contestant.Sample::seconds)));
        chart.panel("MiB resident one second later");
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
