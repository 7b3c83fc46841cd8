package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.report.LineChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.messages.scenario.Way.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The result page of {@link DurableSend}. */
record SendReport(SendRounds rounds, long peakBytes) {

    private static final double[] PERCENTILES = {50, 95, 99};

    Report report() {
        Report report = new Report("durable-send");
        report.line(
                "%d and more users in %d rooms each send a message of 100 bytes as soon as the previous one is"
                        + " acknowledged, which is when it is durable (`fsync` and `synchronous_commit` on). For"
                        + " comparison `pgbench` on the same PostgreSQL, with prepared statements: one transaction per"
                        + " message (room row lock, insert, commit, in one statement) at the best of several numbers of"
                        + " clients; one transaction per 100 messages; and as the upper limit `COPY` into the same"
                        + " table. Processes are not pinned: service, PostgreSQL, Redis and load share the cores."
                        + " Contestants take turns; median of %d rounds (lowest–highest).",
                DurableSend.SENDERS, DurableSend.ROOMS, rounds.rounds().size());
        report.line("").line("Service: `java %s`.", String.join(" ", DurableSend.JVM));
        report.chart(chart());
        stored(report);
        levels(report);
        paced(report);
        if (rounds.has(Kind.ONE_EACH)) {
            alone(report);
            batches(report);
        }
        report.line("");
        return report.line("Peak resident memory of the service: %d MiB.", peakBytes >> 20);
    }

    private LineChart chart() {
        LineChart chart = new LineChart("durable-send: durable messages", "concurrent clients");
        chart.panel("messages/s");
        for (Kind kind : List.of(Kind.SOCKETS, Kind.REST, Kind.ONE_EACH)) {
            if (rounds.has(kind)) {
                chart.line(kind.toString().replaceFirst(",.*", ""), points(kind, Sends::rate));
            }
        }
        chart.logarithmicPanel("p99 of the acknowledgement, ms");
        for (Kind kind : List.of(Kind.SOCKETS, Kind.REST)) {
            chart.line(kind.toString(), points(kind, sends -> sends.latencies().millis(99)));
        }
        return chart;
    }

    private List<LineChart.Point> points(Kind kind, ToDoubleFunction<Sends> figure) {
        return rounds.ways(kind).stream()
                .map(way -> new LineChart.Point(way.clients(), rounds.of(way, figure)))
                .toList();
    }

    private void stored(Report report) {
        report.table(
                "",
                "clients",
                "messages/s",
                "times one transaction per message",
                "CPU s per 10,000 messages: service",
                "PostgreSQL",
                "Redis");
        Stream<Way> ours =
                Stream.of(new Way(Kind.SOCKETS, DurableSend.SENDERS), new Way(Kind.REST, DurableSend.SENDERS));
        Stream<Way> theirs = Stream.of(Kind.ONE_EACH, Kind.BATCH_EACH, Kind.COPY)
                .filter(rounds::has)
                .map(rounds::best);
        Stream.concat(ours, theirs)
                .forEach(way -> report.row(List.of(
                        way.kind().toString(),
                        Integer.toString(way.clients()),
                        text(way, "%.0f", Sends::rate),
                        rounds.has(Kind.ONE_EACH)
                                ? rounds.times(way, rounds.best(Kind.ONE_EACH)).text("%.2f")
                                : "",
                        text(way, "%.2f", sends -> sends.per10k(sends.cost().service())),
                        text(way, "%.2f", sends -> sends.per10k(sends.cost().postgres())),
                        text(way, "%.2f", sends -> sends.per10k(sends.cost().redis())))));
    }

    private void levels(Report report) {
        report.line("")
                .line("By the number of concurrent senders, each of which sends its next message when the"
                        + " previous one is acknowledged:");
        timed(report, Stream.of(Kind.SOCKETS, Kind.REST));
    }

    private void paced(Report report) {
        report.line("");
        report.line("At half the rate of REST; latency is measured from the due time of each message:");
        timed(report, Stream.of(Kind.PACED_SOCKETS, Kind.PACED_REST));
    }

    private void timed(Report report, Stream<Kind> kinds) {
        report.table("", "senders", "messages/s", "mean ms", "p50 ms", "p95 ms", "p99 ms");
        kinds.flatMap(kind -> rounds.ways(kind).stream()).forEach(way -> {
            List<String> cells = new ArrayList<>(List.of(
                    way.kind().toString(),
                    Integer.toString(way.clients()),
                    text(way, "%.0f", Sends::rate),
                    text(way, "%.2f", sends -> sends.latencies().meanMillis())));
            for (double percentile : PERCENTILES) {
                cells.add(text(way, "%.1f", sends -> sends.latencies().millis(percentile)));
            }
            report.row(cells);
        });
    }

    private void alone(Report report) {
        Way commit = new Way(Kind.ONE_EACH, 1);
        report.line("").line("A single client, compared with a single commit:");
        report.table("", "mean ms", "more than a commit, ms");
        for (Way way : List.of(commit, new Way(Kind.SOCKETS, 1), new Way(Kind.REST, 1))) {
            report.row(List.of(
                    way.kind().toString(),
                    text(way, "%.2f", sends -> 1e3 / sends.rate()),
                    rounds.millisOver(way, commit).text("%.2f")));
        }
    }

    private void batches(Report report) {
        Way single = rounds.best(Kind.UNORDERED);
        report.line("");
        report.line("The effect of batches alone, with one client that inserts without ordering:");
        report.table("", "messages/s", "times single inserts", "CPU s of PostgreSQL per 10,000 messages");
        for (Way way : List.of(single, rounds.best(Kind.UNORDERED_BATCH))) {
            report.row(List.of(
                    way.kind().toString(),
                    text(way, "%.0f", Sends::rate),
                    rounds.times(way, single).text("%.2f"),
                    text(way, "%.2f", sends -> sends.per10k(sends.cost().postgres()))));
        }
    }

    private String text(Way way, String format, ToDoubleFunction<Sends> figure) {
        return rounds.of(way, figure).text(format);
    }
}
