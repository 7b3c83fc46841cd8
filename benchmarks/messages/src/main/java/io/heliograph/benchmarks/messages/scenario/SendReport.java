package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Puts the rounds of {@link DurableSend} into words. */
record SendReport(List<SendRound> rounds) {

    private boolean compared() {
        return rounds.get(0).yardstick() != null;
    }

    Report report() {
        Report report = new Report("durable-send");
        report.line(
                "%d people in %d rooms each send a message of 100 bytes as soon as their last one is acknowledged, which"
                        + " is when it is on the disk (`fsync` and `synchronous_commit` on). Against it `pgbench` on the"
                        + " same PostgreSQL, which stores each message in a transaction of its own (room row lock, insert,"
                        + " commit, in one statement) at the best of %s clients. Nothing is pinned: service, PostgreSQL,"
                        + " Redis and load share the cores. Contestants take turns; median of %d rounds (lowest–highest).",
                DurableSend.SENDERS, DurableSend.ROOMS, DurableSend.CLIENTS, rounds.size());
        report.line("");
        report.line("Service: `java %s`.", String.join(" ", DurableSend.JVM));
        report.table(
                "",
                "messages/s",
                "times pgbench",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "CPU s per 10,000: service",
                "PostgreSQL",
                "Redis");
        report.row(pgbench());
        report.row(senders("WebSocket", SendRound::sockets));
        report.row(senders("REST", SendRound::http));
        alone(report);
        return report;
    }

    private List<String> pgbench() {
        if (!compared()) {
            return List.of("pgbench is not installed here", "", "", "", "", "", "", "", "");
        }
        String clients = rounds.stream()
                .map(round -> Integer.toString(round.yardstick().clients()))
                .distinct()
                .collect(Collectors.joining(", "));
        return List.of(
                "pgbench, " + clients + " clients",
                figure("%.0f", round -> round.yardstick().result().rate()),
                "1",
                "",
                "",
                "",
                "",
                figure("%.2f", round -> round.yardstick().postgresPer10k()),
                "");
    }

    private List<String> senders(String name, Function<SendRound, Senders.Result> run) {
        List<String> cells = new ArrayList<>(
                List.of(name, figure("%.0f", round -> run.apply(round).rate())));
        cells.add(
                compared()
                        ? figure(
                                "%.2f",
                                round -> run.apply(round).rate()
                                        / round.yardstick().result().rate())
                        : "");
        for (double percentile : new double[] {50, 95, 99}) {
            cells.add(figure("%.1f", round -> run.apply(round).latencies().millis(percentile)));
        }
        cells.add(figure(
                "%.2f", round -> run.apply(round).per10k(run.apply(round).cost().service())));
        cells.add(figure(
                "%.2f", round -> run.apply(round).per10k(run.apply(round).cost().postgres())));
        cells.add(figure(
                "%.2f", round -> run.apply(round).per10k(run.apply(round).cost().redis())));
        return cells;
    }

    private void alone(Report report) {
        report.line("");
        report.line("One sender alone, on an otherwise idle system:");
        report.table("", "mean ms", "p50 ms", "p99 ms", "mean over a single commit, ms");
        if (compared()) {
            report.row(List.of(
                    "pgbench, one client",
                    figure("%.2f", round -> round.loneCommit().meanMillis()),
                    "",
                    "",
                    "0"));
        }
        report.row(lone("WebSocket", SendRound::loneSocket));
        report.row(lone("REST", SendRound::loneHttp));
    }

    private List<String> lone(String name, Function<SendRound, Senders.Result> run) {
        return List.of(
                name,
                figure("%.2f", round -> run.apply(round).latencies().meanMillis()),
                figure("%.2f", round -> run.apply(round).latencies().millis(50)),
                figure("%.2f", round -> run.apply(round).latencies().millis(99)),
                compared()
                        ? figure(
                                "%.2f",
                                round -> run.apply(round).latencies().meanMillis()
                                        - round.loneCommit().meanMillis())
                        : "");
    }

    private String figure(String format, ToDoubleFunction<SendRound> figure) {
        return Spread.of(rounds, figure).text(format);
    }
}
