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

/** Memory and processor time of idle connections. */
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
        List<ContestantRun<IdleRound.Result>> runs =
                contestants.stream().map(ContestantRun<IdleRound.Result>::new).toList();
        for (int round = 0; round < effort.rounds(); round++) {
            // The highest level comes first, since a smoke run has only one round.
            IdleRound plan = new IdleRound(levels, levels.size() - 1 - round % levels.size(), effort);
            for (int i = 0; i < contestants.size(); i++) {
                Contestant contestant = contestants.get(i);
                effort.progress("round " + (round + 1) + " of " + effort.rounds() + ": " + contestant.name());
                ContestantRun<IdleRound.Result> run = runs.get(i);
                contestant.start().at(Placement.TOGETHER).ifPresent(server -> run.round(() -> plan.play(server)));
            }
        }
        Report report = report(effort, contestants);
        BarChart chart = new BarChart("Resident memory of an idle connection, KiB");
        for (int i = 0; i < levels.size(); i++) {
            int level = i;
            chart.panel(String.format(Locale.ROOT, "%,d connections", levels.get(level)));
            for (ContestantRun<IdleRound.Result> run : runs) {
                row(report, run, level, levels.get(level));
                run.draw(chart, at(level, IdleRound.Level::kibibytesEach));
            }
        }
        return report.chart(chart);
    }

    private static Report report(Effort effort, List<Contestant> contestants) {
        Report report = new Report("idle");
        report.line(
                "Connections, each of a different user and joined to a room of %d. They are opened with %d concurrent"
                        + " attempts and then only answer pings. Each round starts a new server; median of %d rounds"
                        + " (lowest–highest), contestants in turn. The idle time is one heartbeat period, %s, and each"
                        + " round idles at a different level, so there is one CPU figure per level. Processes are not"
                        + " pinned: servers, stores and load share the cores.",
                IdleRound.ROOM,
                MemberConnector.MAX_CONNECTING,
                effort.rounds(),
                effort.quick() ? "1 s in this smoke run" : "25 s");
        report.line("");
        report.line("Heliograph receives a token from each user that it has not seen before, and verifies it; the other"
                + " servers accept all clients. Memory is the private memory of a process plus its share of"
                + " shared pages. Socket.IO runs one process per core and Centrifugo one thread per core;"
                + " aiohttp runs in one process, which holds its rooms.");
        report.line("");
        contestants.forEach(contestant -> report.line("- %s", contestant.what()));
        return report.table(
                "connections",
                "",
                "resident, MiB",
                "KiB per connection",
                "% of a core while idle",
                "connected and joined per second, up to the highest level");
    }

    private static void row(Report report, ContestantRun<IdleRound.Result> run, int level, int connections) {
        String connected = String.format(Locale.ROOT, "%,d", connections);
        if (!run.hasFigures()) {
            report.row(List.of(connected, run.name(), run.failure(), "", "", ""));
            return;
        }
        report.row(List.of(
                connected,
                run.name(),
                run.figure("%.0f", at(level, reached -> reached.residentBytes() / (1 << 20))),
                run.figure("%.1f", at(level, IdleRound.Level::kibibytesEach)),
                busy(run.rounds(), level),
                run.figure("%.0f", IdleRound.Result::openedPerSecond)));
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
