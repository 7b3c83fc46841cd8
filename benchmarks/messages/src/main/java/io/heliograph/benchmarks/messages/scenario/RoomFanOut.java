package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.messages.server.Contestant;
import io.heliograph.benchmarks.messages.server.Placement;
import io.heliograph.benchmarks.messages.server.RoomPeer;
import io.heliograph.benchmarks.messages.server.RunningServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The rate of deliveries that one core sustains when each message must reach all members in time. */
public final class RoomFanOut implements Scenario {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");
    private static final List<Integer> SIZES = List.of(10, 100, 1_000);
    private static final int MEMBERS = 1_000;

    /** Messages of each room in flight during the warm-up: some thousand deliveries for each size. */
    private static final int WINDOW = 8;

    /** The first rate as a fraction of the rate with a window, which is higher than a steady rate. */
    private static final double FIRST = 0.7;

    /** Long enough for some hundred messages in rooms of 1,000, which a p99 needs. */
    private static final int TRIAL_SECONDS = 2;

    @Override
    public String name() {
        return "rooms";
    }

    @Override
    public Report run(Effort effort) {
        List<Contestant> contestants =
                Contestant.oursAnd(JVM, RoomPeer.AIOHTTP, RoomPeer.SOCKET_IO, RoomPeer.CENTRIFUGO);
        int members = effort.size(MEMBERS);
        Report report = report(members, effort, contestants);
        BarChart chart = new BarChart("Deliveries per second with each message at all members within 200 ms (p99)");
        try (RunningServers running = new RunningServers(contestants, Placement.APART)) {
            for (int size : SIZES.stream().filter(size -> size <= members).toList()) {
                List<ContestantRun<FanOut.Result>> runs = play(effort, running, members / size, size);
                String rooms = String.format(Locale.ROOT, "%,d of %,d", members / size, size);
                runs.forEach(run -> row(report, rooms, run, runs));
                chart.panel("rooms of " + size);
                runs.forEach(run -> run.draw(chart, FanOut.Result::deliveriesPerSecond));
            }
        }
        return report.chart(chart);
    }

    private static List<ContestantRun<FanOut.Result>> play(Effort effort, RunningServers running, int count, int size) {
        List<ContestantRun<FanOut.Result>> runs = new ArrayList<>();
        List<Optional<SustainedRate>> rates = new ArrayList<>();
        // One loop for all, so that clients of waiting contestants answer pings.
        try (Loop loop = new Loop()) {
            running.servers().forEach((contestant, server) -> {
                effort.progress(count + " of " + size + ": " + contestant.name() + " is warming up");
                ContestantRun<FanOut.Result> run = new ContestantRun<>(contestant);
                runs.add(run);
                rates.add(run.attempt(() -> warm(effort, new FanOut(loop, server, count, size))));
            });
            for (int round = 1; round <= effort.rounds(); round++) {
                for (int i = 0; i < runs.size(); i++) {
                    ContestantRun<FanOut.Result> run = runs.get(i);
                    effort.progress(count + " of " + size + ": round " + round + ", " + run.name());
                    rates.get(i).ifPresent(rate -> run.round(effort.quick() ? rate::any : rate::highest));
                }
            }
        }
        return runs;
    }

    private static SustainedRate warm(Effort effort, FanOut fanOut) {
        Duration time = Duration.ofSeconds(effort.quick() ? 1 : 5);
        double saturated = fanOut.saturated(WINDOW, time).deliveriesPerSecond();
        return new SustainedRate(fanOut, FIRST * saturated, Duration.ofSeconds(effort.quick() ? 1 : TRIAL_SECONDS));
    }

    private static Report report(int members, Effort effort, List<Contestant> contestants) {
        Report report = new Report("rooms");
        report.line(
                "%,d members, one of whom sends in each room: messages with a text of 100 bytes. Each message is"
                        + " delivered to all members including the sender, who check that none is missing, repeated or"
                        + " out of order. The figure is the highest steady rate at which 99 of 100 messages reach their"
                        + " last member within %.0f ms of their due time, found by trials of %d s: the rate decreases"
                        + " until it is sustained, then increases in steps of 20 %%. Median of %d rounds"
                        + " (lowest–highest), contestants in turn.",
                members, SustainedRate.IN_TIME_MILLIS, effort.quick() ? 1 : TRIAL_SECONDS, effort.rounds());
        report.line("");
        report.line("Heliograph commits each message to PostgreSQL before it delivers it (`fsync` and"
                + " `synchronous_commit` on), and authenticates and authorizes the sender; the other servers store no"
                + " messages and accept all clients. Each server is pinned to core 0 by `taskset`, with one worker if"
                + " it has workers; PostgreSQL, Redis and the load share core 1. Socket.IO uses its Redis adapter and"
                + " Centrifugo its Redis engine, as both recommend for more than one node; the rooms of aiohttp are in"
                + " the memory of its single process.");
        report.line("");
        contestants.forEach(contestant -> report.line("- %s", contestant.what()));
        return report.table(
                "rooms",
                "",
                "deliveries/s in time",
                "times aiohttp",
                "CPU s per 100,000 deliveries: server",
                "stores",
                "p50 ms",
                "p99 ms");
    }

    private static void row(
            Report report, String rooms, ContestantRun<FanOut.Result> run, List<ContestantRun<FanOut.Result>> runs) {
        if (!run.hasFigures()) {
            report.row(List.of(rooms, run.name(), run.failure(), "", "", "", "", ""));
            return;
        }
        report.row(List.of(
                rooms,
                run.name(),
                run.figure("%.0f", FanOut.Result::deliveriesPerSecond),
                timesAiohttp(run, runs),
                run.figure("%.2f", result -> result.per100k(result.cpu().server())),
                run.figure("%.2f", result -> result.per100k(result.cpu().stores())),
                run.figure("%.1f", result -> result.latencies().millis(50)),
                run.figure("%.1f", result -> result.latencies().millis(99))));
    }

    private static String timesAiohttp(ContestantRun<FanOut.Result> run, List<ContestantRun<FanOut.Result>> runs) {
        Function<ContestantRun<FanOut.Result>, Double> rate =
                each -> each.spread(FanOut.Result::deliveriesPerSecond).median();
        return runs.stream()
                .filter(each -> each.name().equals("aiohttp") && each.hasFigures())
                .map(aiohttp -> String.format(Locale.ROOT, "%.2f", rate.apply(run) / rate.apply(aiohttp)))
                .findFirst()
                .orElse("");
    }
}
