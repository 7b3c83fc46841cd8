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
import io.heliograph.benchmarks.messages.server.RoomServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A network that breaks: everyone is cut off at once, comes back, and has missed something. */
public final class Storm implements Scenario {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");
    private static final int MEMBERS = 5_000;
    private static final int ROOM = 100;

    /** In each room: 10,000 deliveries a second in all, which leaves everyone time to come back. */
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
        List<Standing<StormRound.Result>> standings =
                contestants.stream().map(Standing<StormRound.Result>::new).toList();
        int rooms = effort.size(MEMBERS) / ROOM;
        try (Lineup lineup = new Lineup(contestants, Placement.TOGETHER)) {
            if (!effort.quick()) {
                // One that does not count, until the JVM has compiled what is hot.
                standings.forEach(
                        standing -> lineup.server(standing.contestant()).ifPresent(server -> {
                            effort.progress("warming up: " + standing.name());
                            standing.attempt(() -> play(effort, server, rooms, standing));
                        }));
            }
            for (int round = 1; round <= effort.rounds(); round++) {
                for (Standing<StormRound.Result> standing : standings) {
                    effort.progress("round " + round + " of " + effort.rounds() + ": " + standing.name());
                    lineup.server(standing.contestant())
                            .ifPresent(server -> standing.round(() -> play(effort, server, rooms, standing)));
                }
            }
        }
        Report report = report(effort, contestants, rooms);
        BarChart chart = new BarChart("Seconds until 99 % are back").panel("s");
        standings.forEach(standing -> {
            row(report, standing);
            standing.draw(chart, result -> result.back().millis(99) / 1000);
        });
        return report.chart(chart);
    }

    private static StormRound.Result play(
            Effort effort, RoomServer server, int rooms, Standing<StormRound.Result> standing) {
        try (Loop loop = new Loop()) {
            StormRound round = new StormRound(loop, server, rooms, ROOM, rooms * MESSAGES_PER_SECOND);
            StormRound.Result result = round.play(Duration.ofSeconds(effort.quick() ? 1 : 3));
            if (standing.contestant().ours() && result.missed() + result.repeated() > 0) {
                throw new IllegalStateException(
                        result.missed() + " deliveries are missing, " + result.repeated() + " came again");
            }
            effort.progress(String.format(
                    Locale.ROOT,
                    "99 %% back after %.2f s, p99 of delivery %.1f ms before and %.1f ms during it, %d missed",
                    result.back().millis(99) / 1000,
                    result.before().millis(99),
                    result.during().millis(99),
                    result.missed()));
            return result;
        }
    }

    private static Report report(Effort effort, List<Contestant> contestants, int rooms) {
        Report report = new Report("storm");
        report.line(
                "%d rooms of %d, in each of which somebody says a text of 100 bytes %.0f times a second. All but the"
                        + " speakers lose their TCP connection in the same moment, without the close of a WebSocket, and"
                        + " come back at random within %d s, or when the server asks them to. Somebody is back who has been"
                        + " told all that the room had come to when the server took them in again. Missed and repeated are"
                        + " deliveries, of all that were due to all members before, during and after. The p99 of delivery is that of"
                        + " the speakers, from saying something to being told it, before the cut and from then until everyone is"
                        + " back. What the server said it"
                        + " could not store is said again a second later. Median of %d rounds"
                        + " (lowest–highest), the contestants in turns, after a storm to warm up. Nothing is"
                        + " pinned: servers, stores and load share the cores.",
                rooms, ROOM, MESSAGES_PER_SECOND, StormRound.PAUSE.toSeconds(), effort.rounds());
        report.line("");
        report.line(
                "Heliograph tells what was missed from its PostgreSQL; it lets in as many as its event loops keep up with, lets"
                        + " the others wait, and tells those when to come for whom there is no room. Socket.IO, whose adapter for publish and"
                        + " subscribe cannot recover, does so from the memory of one process, and by its Redis streams adapter"
                        + " with as many processes as there are cores; Centrifugo by a history of 1,000 publications in Redis.");
        report.line("");
        contestants.forEach(contestant -> report.line("- %s", contestant.what()));
        return report.table(
                "",
                "50 % back after, s",
                "99 %",
                "the last",
                "p99 of delivery before, ms",
                "during",
                "deliveries missed",
                "repeated",
                "sends refused");
    }

    private static void row(Report report, Standing<StormRound.Result> standing) {
        if (!standing.hasFigures()) {
            report.row(List.of(standing.name(), standing.failure(), "", "", "", "", "", "", ""));
            return;
        }
        report.row(List.of(
                standing.name(),
                standing.figure("%.2f", result -> result.back().millis(50) / 1000),
                standing.figure("%.2f", result -> result.back().millis(99) / 1000),
                standing.figure("%.2f", result -> result.back().millis(100) / 1000),
                standing.figure("%.1f", result -> result.before().millis(99)),
                standing.figure("%.1f", result -> result.during().millis(99)),
                standing.figure("%.0f", StormRound.Result::missed),
                standing.figure("%.0f", StormRound.Result::repeated),
                standing.figure("%.0f", StormRound.Result::refused)));
    }
}
