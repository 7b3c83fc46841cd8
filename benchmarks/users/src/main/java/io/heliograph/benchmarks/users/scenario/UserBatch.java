package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many accounts created by one request, compared with one request per account. */
public final class UserBatch implements Scenario {

    private static final int BATCH = 1000;

    /** The number of batches per round. The single requests of a round create as many accounts as one batch. */
    private static final int BATCHES = 10;

    private int made;

    /** The result of one contestant in one round; processor time in microseconds per account. */
    private record CreationRate(double rate, double serviceMicros, double postgresMicros) {}

    private record Round(CreationRate oneByOne, CreationRate batched) {}

    @Override
    public String name() {
        return "user-batch";
    }

    @Override
    public Report run(Effort effort) {
        try (UserStack stack = new UserStack();
                Posts posts = new Posts(stack)) {
            effort.progress("warming up");
            for (int i = 0; i < effort.size(10); i++) {
                oneByOne(stack, posts);
                batched(stack, posts);
            }
            List<Round> rounds = new ArrayList<>();
            for (int round = 1; round <= effort.rounds(); round++) {
                effort.progress("round " + round + " of " + effort.rounds());
                rounds.add(new Round(oneByOne(stack, posts), batched(stack, posts)));
            }
            return report(rounds);
        }
    }

    private CreationRate oneByOne(UserStack stack, Posts posts) {
        return make(stack, posts, BATCH, 1);
    }

    private CreationRate batched(UserStack stack, Posts posts) {
        return make(stack, posts, BATCHES, BATCH);
    }

    private CreationRate make(UserStack stack, Posts posts, int requests, int rows) {
        Queue<String> bodies =
                Stream.generate(() -> body(rows)).limit(requests).collect(Collectors.toCollection(ArrayDeque::new));
        double accounts = (double) requests * rows;
        Cost before = Cost.soFar(stack);
        double seconds = posts.post(bodies, rows);
        Cost cost = Cost.since(before, stack);
        return new CreationRate(accounts / seconds, cost.service() / accounts * 1e6, cost.postgres() / accounts * 1e6);
    }

    private String body(int rows) {
        return IntStream.range(0, rows)
                .map(i -> made++)
                .mapToObj(n -> "{\"username\":\"new-" + n + "\",\"email\":\"new-" + n
                        + "@example.org\",\"displayName\":\"Newcomer " + n + "\"}")
                .collect(Collectors.joining(",", "{\"users\":[", "]}"));
    }

    private static Report report(List<Round> rounds) {
        Report report = new Report("user-batch");
        report.line(
                "Accounts without passwords, created with `POST /api/users/batch` by one client that posts again when"
                        + " it has a response, which is when the accounts are durable: %,d requests of one account,"
                        + " compared with %d requests of %,d. (No other call creates an account without a password, and"
                        + " with a password the hash would be nearly all of the cost.) The table has some %,d accounts"
                        + " before. Processes are not pinned. Contestants take turns; median of %d rounds"
                        + " (lowest–highest).",
                BATCH, BATCHES, BATCH, UserStack.PEOPLE, rounds.size());
        report.line("");
        report.line("Service: `java %s`.", String.join(" ", UserStack.JVM));
        report.table("", "accounts/s", "times single requests", "CPU µs per account: service", "PostgreSQL");
        row(report, "single requests", rounds, "1", Round::oneByOne);
        String times = figure(
                rounds,
                "%.0f",
                round -> round.batched().rate() / round.oneByOne().rate());
        return row(report, "in batches", rounds, times, Round::batched);
    }

    private static Report row(
            Report report, String name, List<Round> rounds, String times, Function<Round, CreationRate> way) {
        return report.row(List.of(
                name,
                figure(rounds, "%.0f", round -> way.apply(round).rate()),
                times,
                figure(rounds, "%.0f", round -> way.apply(round).serviceMicros()),
                figure(rounds, "%.0f", round -> way.apply(round).postgresMicros())));
    }

    private static String figure(List<Round> rounds, String format, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds, figure).text(format);
    }
}
