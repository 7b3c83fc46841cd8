package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.messages.server.Contestant;
import io.heliograph.benchmarks.messages.server.Lineup;
import io.heliograph.benchmarks.messages.server.Placement;
import io.heliograph.benchmarks.messages.server.RoomPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How many deliveries a second a core holds, where every member has to have a message in time. */
public final class RoomFanOut implements Scenario {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");
    private static final List<Integer> SIZES = List.of(10, 100, 1_000);
    private static final int MEMBERS = 1_000;

    /** Messages of each room under way while warming up: some thousand deliveries, whatever the size. */
    private static final int WINDOW = 8;

    /** Of what it does with a window, which is more than it does at a steady rate. */
    private static final double FIRST = 0.7;

    /** In rooms of 1,000 some hundred messages, which is what a p99 needs. */
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
        BarChart chart = new BarChart("Deliveries a second, each message told to all within 200 ms (p99)");
        try (Lineup lineup = new Lineup(contestants, Placement.APART)) {
            for (int size : SIZES.stream().filter(size -> size <= members).toList()) {
                List<Standing<FanOut.Result>> standings = play(effort, lineup, members / size, size);
                String rooms = String.format(Locale.ROOT, "%,d of %,d", members / size, size);
                standings.forEach(standing -> row(report, rooms, standing, standings));
                chart.panel("rooms of " + size);
                standings.forEach(standing -> standing.draw(chart, FanOut.Result::deliveriesPerSecond));
            }
        }
        return report.chart(chart);
    }

    private static List<Standing<FanOut.Result>> play(Effort effort, Lineup lineup, int count, int size) {
        List<Standing<FanOut.Result>> standings = new ArrayList<>();
        List<Optional<HeldRate>> rates = new ArrayList<>();
        // One loop for all, so that those who wait for their turn answer pings.
        try (Loop loop = new Loop()) {
            lineup.servers().forEach((contestant, server) -> {
                effort.progress(count + " of " + size + ": " + contestant.name() + " is warming up");
                Standing<FanOut.Result> standing = new Standing<>(contestant);
                standings.add(standing);
                rates.add(standing.attempt(() -> warm(effort, new FanOut(loop, server, count, size))));
            });
            for (int round = 1; round <= effort.rounds(); round++) {
                for (int i = 0; i < standings.size(); i++) {
                    Standing<FanOut.Result> standing = standings.get(i);
                    effort.progress(count + " of " + size + ": round " + round + ", " + standing.name());
                    rates.get(i).ifPresent(rate -> standing.round(effort.quick() ? rate::any : rate::highest));
                }
            }
        }
        return standings;
    }

    private static HeldRate warm(Effort effort, FanOut fanOut) {
        Duration time = Duration.ofSeconds(effort.quick() ? 1 : 5);
        double saturated = fanOut.saturated(WINDOW, time).deliveriesPerSecond();
        return new HeldRate(fanOut, FIRST * saturated, Duration.ofSeconds(effort.quick() ? 1 : TRIAL_SECONDS));
    }

    private static Report report(int members, Effort effort, List<Contestant> contestants) {
        Report report = new Report("rooms");
        report.line(
                "%,d members, one of each room speaks: messages with a text of 100 bytes. Every member is told, the"
                        + " speaker too, and checks that nothing is missing, repeated or out of order. The figure is the"
                        + " highest steady rate at which 99 of 100 messages have reached their last member %.0f ms after"
                        + " they were due; it was found by trials of %d s, down until one holds, then up in steps of 20 %%."
                        + " Median of %d rounds (lowest–highest), the contestants in turns.",
                members, HeldRate.IN_TIME_MILLIS, effort.quick() ? 1 : TRIAL_SECONDS, effort.rounds());
        report.line("");
        report.line("Heliograph commits each message to its PostgreSQL before anybody is told (`fsync` and"
                + " `synchronous_commit` on), and checks who somebody is and may speak; the others keep no message, and let"
                + " everyone in. Each server is kept to core 0 by `taskset`, with one worker where it has workers;"
                + " PostgreSQL, Redis and the load share core 1. Socket.IO has its Redis adapter, Centrifugo its Redis"
                + " engine, as both advise for more than one node; the rooms of aiohttp are in the memory of its one"
                + " process.");
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
            Report report, String rooms, Standing<FanOut.Result> standing, List<Standing<FanOut.Result>> standings) {
        if (!standing.hasFigures()) {
            report.row(List.of(rooms, standing.name(), standing.failure(), "", "", "", "", ""));
            return;
        }
        report.row(List.of(
                rooms,
                standing.name(),
                standing.figure("%.0f", FanOut.Result::deliveriesPerSecond),
                timesAiohttp(standing, standings),
                standing.figure("%.2f", result -> result.per100k(result.cpu().server())),
                standing.figure("%.2f", result -> result.per100k(result.cpu().stores())),
                standing.figure("%.1f", result -> result.latencies().millis(50)),
                standing.figure("%.1f", result -> result.latencies().millis(99))));
    }

    private static String timesAiohttp(Standing<FanOut.Result> standing, List<Standing<FanOut.Result>> standings) {
        Function<Standing<FanOut.Result>, Double> rate =
                each -> each.spread(FanOut.Result::deliveriesPerSecond).median();
        return standings.stream()
                .filter(each -> each.name().equals("aiohttp") && each.hasFigures())
                .map(aiohttp -> String.format(Locale.ROOT, "%.2f", rate.apply(standing) / rate.apply(aiohttp)))
                .findFirst()
                .orElse("");
    }
}
