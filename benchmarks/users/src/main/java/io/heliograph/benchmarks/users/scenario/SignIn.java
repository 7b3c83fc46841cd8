package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.PacedLoad;
import io.heliograph.benchmarks.harness.machine.Jdk;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The latency of reads during as many sign-ins as the service can process, compared with an idle service. */
public final class SignIn implements Scenario {

    private static final double READS_PER_SECOND = 200;
    private static final int READERS = 100;

    /** The rate at which the JVM compiles the code of a read during the warm-up. */
    private static final double WARMING_PER_SECOND = 3000;

    /** The time until the sign-ins, which start all at once, are spread, as they always are in practice. */
    private static final Duration RUSH = Duration.ofSeconds(2);

    /** More than the service admits: 64 that wait, and one or two whose passwords are hashed. */
    private static final int CALLERS = 100;

    private record Round(Latencies idle, Latencies busy, double signInsPerSecond, double refused) {}

    @Override
    public String name() {
        return "sign-in";
    }

    @Override
    public Report run(Effort effort) {
        Map<Jdk, List<Round>> rounds = new LinkedHashMap<>();
        Jdk.all().forEach(jdk -> rounds.put(jdk, rounds(jdk, effort)));
        return report(rounds, effort);
    }

    private static List<Round> rounds(Jdk jdk, Effort effort) {
        try (UserStack stack = new UserStack(jdk);
                Loop loop = new Loop(PacedLoad.TURN)) {
            stack.setPasswords();
            List<String> tokens =
                    IntStream.range(0, READERS).mapToObj(stack::token).toList();
            PacedLoad reads =
                    new PacedLoad(loop, stack.service().address(), UserStack.CONNECTIONS, "/api/users/me", tokens);
            SignIns signIns = new SignIns(loop, stack, CALLERS);
            effort.progress(jdk.label("warming up"));
            reads.run(WARMING_PER_SECOND, effort.warmUp());
            round(reads, signIns, effort.warmUp());
            List<Round> rounds = new ArrayList<>();
            for (int round = 1; round <= effort.rounds(); round++) {
                effort.progress("round " + round + " of " + effort.rounds());
                rounds.add(round(reads, signIns, effort.measured()));
            }
            return rounds;
        }
    }

    private static Round round(PacedLoad reads, SignIns signIns, Duration time) {
        Latencies idle = reads.run(READS_PER_SECOND, time);
        signIns.start();
        reads.run(READS_PER_SECOND, RUSH);
        int before = signIns.done();
        Latencies busy = reads.run(READS_PER_SECOND, time);
        double rate = (signIns.done() - before) / (double) time.toSeconds();
        signIns.stop();
        return new Round(idle, busy, rate, signIns.refused());
    }

    private static Report report(Map<Jdk, List<Round>> rounds, Effort effort) {
        Report report = new Report("sign-in");
        report.line(
                "`GET /api/users/me` %.0f times per second over %d connections; latency is measured from the due time"
                        + " of each request, even if it was sent late, so that pauses are included. First without other"
                        + " load, then while %d users sign in, each again as soon as the previous sign-in has"
                        + " succeeded, measured from two seconds after all started at once; a user whose sign-in is"
                        + " rejected (503) stops, so that the queue of the hashing pool is always full. Processes are"
                        + " not pinned: the load, PostgreSQL and the service share the cores. Median of %d rounds"
                        + " (lowest–highest).",
                READS_PER_SECOND, UserStack.CONNECTIONS, CALLERS, effort.rounds());
        report.line("");
        report.line("Service: `java %s`.", String.join(" ", UserStack.JVM));
        report.table("", "sign-ins/s", "rejected", "p50 ms", "p99 ms", "p99, times baseline");
        rounds.forEach((jdk, own) -> {
            row(report, jdk.label("without sign-ins"), own, Round::idle, List.of("", ""));
            row(
                    report,
                    jdk.label("during sign-ins"),
                    own,
                    Round::busy,
                    List.of(figure(own, "%.1f", Round::signInsPerSecond), figure(own, "%.0f", Round::refused)));
        });
        return report;
    }

    private static void row(
            Report report, String name, List<Round> rounds, Function<Round, Latencies> way, List<String> signIns) {
        List<String> cells = new ArrayList<>(List.of(name));
        cells.addAll(signIns);
        cells.add(figure(rounds, "%.2f", round -> way.apply(round).millis(50)));
        cells.add(figure(rounds, "%.2f", round -> way.apply(round).millis(99)));
        cells.add(figure(
                rounds,
                "%.2f",
                round -> way.apply(round).millis(99) / round.idle().millis(99)));
        report.row(cells);
    }

    private static String figure(List<Round> rounds, String format, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds, figure).text(format);
    }
}
