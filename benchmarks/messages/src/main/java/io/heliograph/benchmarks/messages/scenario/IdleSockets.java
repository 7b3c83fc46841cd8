package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.messages.member.MemberConnector;
import io.heliograph.benchmarks.messages.server.Contestant;
import io.heliograph.benchmarks.messages.server.Placement;
import io.heliograph.benchmarks.messages.server.RoomPeer;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What connections cost that are there and say nothing. */
public final class IdleSockets implements Scenario {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx192m");
    private static final List<Integer> LEVELS = List.of(1_000, 5_000, 10_000);

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Report run(Effort effort) {
        List<Integer> levels = LEVELS.stream().map(effort::size).toList();
        List<Contestant> contestants =
                Contestant.oursAnd(JVM, RoomPeer.AIOHTTP, RoomPeer.SOCKET_IO, RoomPeer.CENTRIFUGO);
        List<Standing<IdleRound.Result>> standings =
                contestants.stream().map(Standing<IdleRound.Result>::new).toList();
        for (int round = 0; round < effort.rounds(); round++) {
            // The highest level first: a smoke run has but one round.
            IdleRound plan = new IdleRound(levels, levels.size() - 1 - round % levels.size(), effort);
            for (int i = 0; i < contestants.size(); i++) {
                Contestant contestant = contestants.get(i);
                effort.progress("round " + (round + 1) + " of " + effort.rounds() + ": " + contestant.name());
                Standing<IdleRound.Result> standing = standings.get(i);
                contestant.start().at(Placement.TOGETHER).ifPresent(server -> standing.round(() -> plan.play(server)));
            }
        }
        Report report = report(effort, contestants);
        BarChart chart = new BarChart("Resident memory of a connection that says nothing, KiB");
        for (int i = 0; i < levels.size(); i++) {
            int level = i;
            chart.panel(String.format(Locale.ROOT, "%,d connections", levels.get(level)));
            for (Standing<IdleRound.Result> standing : standings) {
                row(report, standing, level, levels.get(level));
                standing.draw(chart, at(level, IdleRound.Level::kibibytesEach));
            }
        }
        return report.chart(chart);
    }

    private static Report report(Effort effort, List<Contestant> contestants) {
        Report report = new Report("idle");
        report.line(
                "Connections, each of another person and joined to a room of %d. They are opened with %d under way at"
                        + " once, then say nothing but the answers to pings. A server is started anew for each round;"
                        + " median of %d rounds (lowest–highest), the contestants in turns. The time they idle is that of"
                        + " a heartbeat, %s, and each round does so at another level, so that there is one figure of the"
                        + " CPU for each. Nothing is pinned: servers, stores and load share the cores.",
                IdleRound.ROOM,
                MemberConnector.MAX_CONNECTING,
                effort.rounds(),
                effort.quick() ? "or 1 s in this smoke run" : "25 s");
        report.line("");
        report.line(
                "Heliograph is given a token by each person that it has not seen before, and checks it; the others let"
                        + " everyone in. Memory is what a process has alone and its part of what it shares. Socket.IO runs in as"
                        + " many processes as there are cores, Centrifugo in as many threads, aiohttp in one process, where its"
                        + " rooms are.");
        report.line("");
        contestants.forEach(contestant -> report.line("- %s", contestant.what()));
        return report.table(
                "connections",
                "",
                "resident, MiB",
                "KiB per connection",
                "% of a core while idle",
                "opened and joined per second, up to the highest level");
    }

    private static void row(Report report, Standing<IdleRound.Result> standing, int level, int connections) {
        String connected = String.format(Locale.ROOT, "%,d", connections);
        if (!standing.hasFigures()) {
            report.row(List.of(connected, standing.name(), standing.failure(), "", "", ""));
            return;
        }
        report.row(List.of(
                connected,
                standing.name(),
                standing.figure("%.0f", at(level, reached -> reached.residentBytes() / (1 << 20))),
                standing.figure("%.1f", at(level, IdleRound.Level::kibibytesEach)),
                busy(standing.rounds(), level),
                standing.figure("%.0f", IdleRound.Result::openedPerSecond)));
    }

    private static String busy(List<IdleRound.Result> rounds, int level) {
        List<Double> measured = rounds.stream()
                .flatMap(round ->
                        round.levels().get(level).busyPercent().stream().boxed())
                .toList();
        return measured.isEmpty() ? "" : Spread.of(measured).text("%.1f");
    }

    private static ToDoubleFunction<IdleRound.Result> at(int level, ToDoubleFunction<IdleRound.Level> figure) {
        return round -> figure.applyAsDouble(round.levels().get(level));
    }
}
