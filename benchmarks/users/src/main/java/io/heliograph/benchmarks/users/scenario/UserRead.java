package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.process.Wrk;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Accounts looked up one by one over HTTP, against PostgreSQL asked for the same directly. */
public final class UserRead implements Scenario {

    private static final int CALLERS = 100;
    private static final int CALLS = 10_000;

    /** So often the load leaves and comes back before anything counts: what happens seldom undoes compiled code. */
    private static final int RETURNS = 10;

    /** What the contestants did one after another. */
    private record Round(ReadRate pgbench, ReadRate service) {}

    @Override
    public String name() {
        return "user-read";
    }

    @Override
    public Report run(Effort effort) {
        try (UserStack stack = new UserStack()) {
            List<Wrk.Call> calls = calls(stack);
            PgBench pgbench = stack.pgbench();
            effort.progress("warming up");
            warmUp(stack, calls, effort);
            stack.service().usage().forgetPeak();
            List<Round> rounds = new ArrayList<>();
            for (int round = 1; round <= effort.rounds(); round++) {
                effort.progress("round " + round + " of " + effort.rounds());
                rounds.add(new Round(
                        ReadRate.ofPgBench(stack, pgbench, effort.measured()),
                        ReadRate.ofService(stack, calls, effort.measured())));
            }
            return report(rounds, stack.service().usage().peakResidentBytes());
        }
    }

    /** The same at each run: people at random, asked for by some of them in turn. */
    private static List<Wrk.Call> calls(UserStack stack) {
        List<String> tokens = IntStream.range(0, CALLERS).mapToObj(stack::token).toList();
        return new Random(1)
                .ints(CALLS, 0, UserStack.PEOPLE)
                .mapToObj(stack::id)
                .map(id -> "/api/users/" + id)
                .map(path -> new Wrk.Call(path, tokens.get(Math.floorMod(path.hashCode(), CALLERS))))
                .toList();
    }

    private static void warmUp(UserStack stack, List<Wrk.Call> calls, Effort effort) {
        Wrk wrk = stack.wrk();
        wrk.run(stack.service().address(), calls, effort.warmUp().multipliedBy(2));
        for (int i = 0; i < RETURNS; i++) {
            wrk.run(stack.service().address(), calls, Duration.ofSeconds(1));
        }
    }

    private static Report report(List<Round> rounds, long peakBytes) {
        Report report = new Report("user-read");
        report.line(
                "`GET /api/users/{id}` of %,d people at random, straight at user-service, with the tokens (ES256) of %d"
                        + " callers in turn; wrk asks again as soon as it is answered. Against it `pgbench -M prepared`,"
                        + " which selects the same columns by the same key from the same table. Each has %d connections,"
                        + " and so has the pool of the service. Nothing is pinned: PostgreSQL, the load and the service"
                        + " share the cores. Contestants take turns; median of %d rounds (lowest–highest).",
                UserStack.PEOPLE, CALLERS, UserStack.CONNECTIONS, rounds.size());
        report.line("");
        report.line("Service: `java %s`.", String.join(" ", UserStack.JVM));
        report.table("", "reads/s", "times pgbench", "CPU µs per read: service", "PostgreSQL");
        report.row(List.of(
                "pgbench",
                figure(rounds, "%.0f", round -> round.pgbench().rate()),
                "1",
                "",
                figure(rounds, "%.1f", round -> round.pgbench().postgresMicros())));
        report.row(List.of(
                "user-service",
                figure(rounds, "%.0f", round -> round.service().rate()),
                figure(
                        rounds,
                        "%.2f",
                        round -> round.service().rate() / round.pgbench().rate()),
                figure(rounds, "%.1f", round -> round.service().serviceMicros()),
                figure(rounds, "%.1f", round -> round.service().postgresMicros())));
        report.line("");
        return report.line("Resident memory of the service at the most: %d MiB.", peakBytes >> 20);
    }

    private static String figure(List<Round> rounds, String format, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds, figure).text(format);
    }
}
