package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How many deliveries one core makes, commit included, to subscribers that check each of them. */
public final class RoomFanOut implements Scenario {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");
    private static final List<Shape> SHAPES = List.of(new Shape(100, 10, 8, 25_000), new Shape(2, 1_000, 16, 100_000));

    /** Rooms of a size, messages of each under way when saturated, and the deliveries a second to be held. */
    private record Shape(int rooms, int size, int window, int goal) {}

    private record Round(FanOut.Result saturated, FanOut.Result steady) {}

    @Override
    public String name() {
        return "rooms";
    }

    @Override
    public Report run(Effort effort) {
        Report report = new Report("rooms");
        report.line(
                "One member of each room sends messages of 100 bytes; every member is told, the sender too, and checks"
                        + " that nothing is missing, repeated or out of order. Each message is committed first (`fsync`"
                        + " and `synchronous_commit` on). The service is kept to core 0 by `taskset`; PostgreSQL, Redis"
                        + " and the load share core 1. Saturated: a window of messages per room is always under way."
                        + " Steady: sent at the rate that makes the stated deliveries, late or not, and timed from when"
                        + " they were due. Median of %d rounds (lowest–highest).",
                effort.rounds());
        report.line("");
        report.line("Service: `taskset -c 0 java %s`.", String.join(" ", JVM));
        report.table(
                "rooms",
                "load",
                "deliveries/s",
                "CPU s per 100,000 deliveries: service",
                "PostgreSQL",
                "sent to last told, ms: p50",
                "p99",
                "acknowledged to last told, ms: p50",
                "p99");
        for (Shape shape : SHAPES) {
            measure(effort, shape, report);
        }
        return report;
    }

    private static void measure(Effort effort, Shape shape, Report report) {
        String rooms = String.format(Locale.ROOT, "%d of %,d", shape.rooms, shape.size);
        effort.progress(rooms + ": opening");
        try (MessageStack stack = new MessageStack(JVM, "0")) {
            stack.pinTheRest("1");
            try (FanOut fanOut = new FanOut(stack, shape.rooms, shape.size)) {
                effort.progress(rooms + ": warming up");
                fanOut.saturated(shape.window, effort.warmUp());
                List<Round> rounds = new ArrayList<>();
                for (int round = 1; round <= effort.rounds(); round++) {
                    effort.progress(rooms + ": round " + round + " of " + effort.rounds());
                    rounds.add(round(fanOut, shape, effort.measured()));
                }
                row(
                        report,
                        rooms,
                        "saturated",
                        rounds.stream().map(Round::saturated).toList());
                row(report, rooms, "steady", rounds.stream().map(Round::steady).toList());
            }
        }
    }

    /** What cannot be held is not asked for: then the steady rate is four fifths of the saturated one. */
    private static Round round(FanOut fanOut, Shape shape, Duration time) {
        FanOut.Result saturated = fanOut.saturated(shape.window, time);
        double rate = Math.min(shape.goal, 0.8 * saturated.deliveriesPerSecond());
        return new Round(saturated, fanOut.atRate(rate / shape.size, time));
    }

    private static void row(Report report, String rooms, String load, List<FanOut.Result> rounds) {
        report.row(List.of(
                rooms,
                load,
                figure(rounds, "%.0f", FanOut.Result::deliveriesPerSecond),
                figure(rounds, "%.2f", result -> result.cost().service() / result.deliveries() * 100_000),
                figure(rounds, "%.2f", result -> result.cost().postgres() / result.deliveries() * 100_000),
                figure(rounds, "%.1f", result -> result.fromSend().millis(50)),
                figure(rounds, "%.1f", result -> result.fromSend().millis(99)),
                figure(rounds, "%.1f", result -> result.fromAck().millis(50)),
                figure(rounds, "%.1f", result -> result.fromAck().millis(99))));
    }

    private static String figure(List<FanOut.Result> rounds, String format, ToDoubleFunction<FanOut.Result> figure) {
        return Spread.of(rounds, figure).text(format);
    }
}
