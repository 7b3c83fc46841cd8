package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The result page of {@link UserRead}. */
record ReadReport(List<Reader> readers, List<ReadRound> rounds, Optional<String> peer) {

    Report report() {
        Report report = new Report("user-read");
        report.line(
                "`GET /api/users/{id}` of %,d users at random, sent directly to user-service, with the tokens (RS256)"
                        + " of %d callers in turn; wrk sends the next request as soon as it has a response. For"
                        + " comparison `pgbench -M prepared`, which selects the same columns by the same key from the"
                        + " same table, and FastAPI with an asyncpg pool, which verifies the same tokens. Each has %d"
                        + " connections to PostgreSQL and from the load. Processes are not pinned: PostgreSQL, the load"
                        + " and the service share the cores. Contestants take turns; median of %d rounds"
                        + " (lowest–highest).",
                UserStack.PEOPLE, Reader.CALLERS, UserStack.CONNECTIONS, rounds.size());
        report.line("")
                .line("Service: `java %s`. It does not verify a valid token again.", String.join(" ", UserStack.JVM));
        peer.ifPresent(versions -> report.line("")
                .line("%s; uvicorn with one worker per core, no access log. PyJWT verifies each token.", versions));
        report.chart(chart());
        saturated(report);
        paced(report);
        return report;
    }

    private BarChart chart() {
        BarChart chart = new BarChart("user-read: accounts found by id").panel("reads/s");
        readers.forEach(reader -> chart.bar(reader.name(), reader.isOurs(), rate(reader)));
        chart.other("pgbench", Spread.of(rounds, round -> round.pgbench().rate()));
        chart.panel("p99 at the same rate, ms");
        readers.forEach(reader -> chart.bar(reader.name(), reader.isOurs(), millis(reader, 99)));
        return chart;
    }

    private void saturated(Report report) {
        report.table("", "reads/s", "times pgbench", "CPU µs per read: server", "PostgreSQL", "peak resident, MiB");
        report.row(List.of(
                "pgbench",
                figure("%.0f", round -> round.pgbench().rate()),
                "1",
                "",
                figure("%.1f", round -> round.pgbench().postgresMicros()),
                ""));
        readers.forEach(reader -> report.row(List.of(
                reader.name(),
                rate(reader).text("%.0f"),
                figure(
                        "%.2f",
                        round -> round.saturated().get(reader).rate()
                                / round.pgbench().rate()),
                figure("%.1f", round -> round.saturated().get(reader).serverMicros()),
                figure("%.1f", round -> round.saturated().get(reader).postgresMicros()),
                Long.toString(reader.usage().peakResidentBytes() >> 20))));
    }

    private void paced(Report report) {
        report.line("");
        report.line("At half the rate of the slowest; latency is measured from the due time of each request:");
        report.table("", "p50 ms", "p95 ms", "p99 ms");
        readers.forEach(reader -> report.row(List.of(
                reader.name(),
                millis(reader, 50).text("%.2f"),
                millis(reader, 95).text("%.2f"),
                millis(reader, 99).text("%.2f"))));
    }

    private Spread rate(Reader reader) {
        return Spread.of(rounds, round -> round.saturated().get(reader).rate());
    }

    private Spread millis(Reader reader, double percentile) {
        return Spread.of(rounds, round -> round.paced().get(reader).millis(percentile));
    }

    private String figure(String format, ToDoubleFunction<ReadRound> figure) {
        return Spread.of(rounds, figure).text(format);
    }
}
