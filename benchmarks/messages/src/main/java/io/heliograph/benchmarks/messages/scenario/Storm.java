package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.messages.server.Contestant;
import io.heliograph.benchmarks.messages.server.Placement;
import io.heliograph.benchmarks.messages.server.RoomPeer;
import io.heliograph.benchmarks.messages.server.RoomServer;
import io.heliograph.benchmarks.messages.server.RunningServers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A reconnect storm after a network failure: all members lose their connections at once, reconnect, and have missed
 * messages.
 */
public final class Storm implements Scenario {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");
    private static final int MEMBERS = 5_000;
    private static final int ROOM = 100;

    /** In each room: 10,000 deliveries per second in total, which leaves capacity for reconnects. */
    private static final double MESSAGES_PER_SECOND = 2;

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public Report run(Effort effort) {
        List<Contestant> contestants = Contestant.oursAnd(
                JVM,
                RoomPeer.SOCKET_IO_RECOVERING_FROM_MEMORY,
                RoomPeer.SOCKET_IO_RECOVERING_FROM_REDIS,
                RoomPeer.CENTRIFUGO_RECOVERING);
        List<ContestantRun<StormRound.Result>> runs =
                contestants.stream().map(ContestantRun<StormRound.Result>::new).toList();
        int rooms = effort.size(MEMBERS) / ROOM;
        try (RunningServers running = new RunningServers(contestants, Placement.TOGETHER)) {
            if (!effort.quick()) {
                // A storm to warm up: the JVM compiles the hot code.
                runs.forEach(run -> running.server(run.contestant()).ifPresent(server -> {
                    effort.progress("warming up: " + run.name());
                    run.attempt(() -> play(effort, server, rooms, run));
                }));
            }
            for (int round = 1; round <= effort.rounds(); round++) {
                for (ContestantRun<StormRound.Result> run : runs) {
                    effort.progress("round " + round + " of " + effort.rounds() + ": " + run.name());
                    running.server(run.contestant())
                            .ifPresent(server -> run.round(() -> play(effort, server, rooms, run)));
                }
            }
        }
        Report report = report(effort, contestants, rooms);
        BarChart chart = new BarChart("Seconds until 99 % have reconnected").panel("s");
        runs.forEach(run -> {
            row(report, run);
            run.draw(chart, result -> result.reconnect().millis(99) / 1000);
        });
        return report.chart(chart);
    }

    private static StormRound.Result play(
            Effort effort, RoomServer server, int rooms, ContestantRun<StormRound.Result> run) {
        try (Loop loop = new Loop()) {
            StormRound round = new StormRound(loop, server, rooms, ROOM, rooms * MESSAGES_PER_SECOND);
            StormRound.Result result = round.play(Duration.ofSeconds(effort.quick() ? 1 : 3));
            if (run.contestant().ours() && result.missed() + result.repeated() > 0) {
                throw new IllegalStateException(
                        result.missed() + " deliveries are missing, " + result.repeated() + " are repeated");
            }
            effort.progress(String.format(
                    Locale.ROOT,
                    "99 %% reconnected after %.2f s, p99 of delivery %.1f ms before and %.1f ms during it, %d missed",
                    result.reconnect().millis(99) / 1000,
                    result.before().millis(99),
                    result.during().millis(99),
                    result.missed()));
            return result;
        }
    }

    private static Report report(Effort effort, List<Contestant> contestants, int rooms) {
        Report report = new Report("storm");
        report.line(
                "%d rooms of %d, each with one sender of messages of 100 bytes, %.0f per second. All members except the"
                        + " senders lose their TCP connections at the same moment, without a WebSocket close, and"
                        + " reconnect at random within %d s, or when the server asks them to. A member has reconnected"
                        + " when it has received all messages that its room had when the server accepted it again."
                        + " Missed and repeated count the deliveries to all members before, during and after the storm."
                        + " The p99 of delivery is that of the senders, from a send to its delivery to the sender,"
                        + " before the cut and from the cut until all have reconnected. Messages that the server could"
                        + " not store are sent again a second later. Median of %d rounds (lowest–highest), contestants"
                        + " in turn, after a storm to warm up. Processes are not pinned: servers, stores and load share"
                        + " the cores.",
                rooms, ROOM, MESSAGES_PER_SECOND, StormRound.MAX_DELAY.toSeconds(), effort.rounds());
        report.line("");
        report.line(
                "Heliograph replays missed messages from PostgreSQL; it admits as many connections as its event loops"
                        + " can handle, queues others, and rejects the rest with a time to retry. Socket.IO, whose"
                        + " publish/subscribe adapter does not support recovery, recovers from the memory of one"
                        + " process, and with its Redis streams adapter and one process per core; Centrifugo from a"
                        + " history of 1,000 publications in Redis.");
        report.line("");
        contestants.forEach(contestant -> report.line("- %s", contestant.what()));
        return report.table(
                "",
                "50 % reconnected after, s",
                "99 %",
                "last",
                "p99 of delivery before, ms",
                "during",
                "deliveries missed",
                "repeated",
                "sends refused");
    }

    private static void row(Report report, ContestantRun<StormRound.Result> run) {
        if (!run.hasFigures()) {
            report.row(List.of(run.name(), run.failure(), "", "", "", "", "", "", ""));
            return;
        }
        report.row(List.of(
                run.name(),
                run.figure("%.2f", result -> result.reconnect().millis(50) / 1000),
                run.figure("%.2f", result -> result.reconnect().millis(99) / 1000),
                run.figure("%.2f", result -> result.reconnect().millis(100) / 1000),
                run.figure("%.1f", result -> result.before().millis(99)),
                run.figure("%.1f", result -> result.during().millis(99)),
                run.figure("%.0f", StormRound.Result::missed),
                run.figure("%.0f", StormRound.Result::repeated),
                run.figure("%.0f", StormRound.Result::refused)));
    }
}
