package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.gateway.stack.Placement;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many calls of a service that takes its time: one after the other, against all of them in one request. */
public final class Batched implements Scenario {

    private static final int CALLS = 10;
    private static final String PATH = "/api/users/0199c0de-0000-7000-8000-000000000001";
    private static final String BATCH = IntStream.range(0, CALLS)
            .mapToObj(i -> "{\"id\":" + i + ",\"method\":\"GET\",\"path\":\"" + PATH + "\"}")
            .collect(Collectors.joining(",", "{\"requests\":[", "]}"));

    private record Round(Latencies oneByOne, Latencies batched) {}

    @Override
    public String name() {
        return "batch";
    }

    @Override
    public Report run(Effort effort) {
        try (GatewayStack stack = new GatewayStack(Placement.APART, PATH)) {
            oneByOne(stack);
            batched(stack);
            List<Round> rounds = new ArrayList<>();
            for (int round = 1; round <= effort.rounds(); round++) {
                effort.progress("round " + round + " of " + effort.rounds());
                rounds.add(new Round(
                        times(effort.size(20), () -> oneByOne(stack)), times(effort.size(20), () -> batched(stack))));
            }
            return report(rounds);
        }
    }

    private static Latencies times(int times, Runnable what) {
        Latencies latencies = new Latencies();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            what.run();
            latencies.record(System.nanoTime() - start);
        }
        return latencies;
    }

    private static void oneByOne(GatewayStack stack) {
        for (int i = 0; i < CALLS; i++) {
            stack.gateway(PATH).ask("GET", PATH, stack.tokens().get(0), "");
        }
    }

    private static void batched(GatewayStack stack) {
        String answers = stack.gateway(PATH)
                .ask("POST", "/api/batch", stack.tokens().get(0), BATCH)
                .body();
        if (answers.split("\"username\":\"ada\"", -1).length != CALLS + 1) {
            throw new IllegalStateException("not all were answered: " + answers);
        }
    }

    private static Report report(List<Round> rounds) {
        Report report = new Report("batch");
        report.line(
                "%d calls of a service that takes %d ms for each, with a token and two limits, by one client that is done"
                        + " when it has all answers. Contestants take turns; median of %d rounds (lowest–highest).",
                CALLS, GatewayStack.SLOW_MILLIS, rounds.size());
        report.table("", "mean ms", "p99 ms", "times one by one");
        row(report, "one by one", rounds, Round::oneByOne);
        return row(report, "`POST /api/batch`", rounds, Round::batched);
    }

    private static Report row(Report report, String name, List<Round> rounds, Function<Round, Latencies> way) {
        return report.row(List.of(
                name,
                figure(rounds, "%.0f", round -> way.apply(round).meanMillis()),
                figure(rounds, "%.0f", round -> way.apply(round).millis(99)),
                figure(
                        rounds,
                        "%.2f",
                        round ->
                                way.apply(round).meanMillis() / round.oneByOne().meanMillis())));
    }

    private static String figure(List<Round> rounds, String format, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds, figure).text(format);
    }
}
