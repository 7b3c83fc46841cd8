package io.heliograph.benchmarks.messages;

import io.heliograph.benchmarks.messages.machine.Machine;
import io.heliograph.benchmarks.messages.report.Report;
import io.heliograph.benchmarks.messages.scenario.CatchUp;
import io.heliograph.benchmarks.messages.scenario.DurableSend;
import io.heliograph.benchmarks.messages.scenario.Effort;
import io.heliograph.benchmarks.messages.scenario.IdleSockets;
import io.heliograph.benchmarks.messages.scenario.RoomFanOut;
import io.heliograph.benchmarks.messages.scenario.Scenario;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs the scenarios named, or all: see {@code benchmarks/run}. */
public final class Main {

    private static final List<Scenario> SCENARIOS =
            List.of(new DurableSend(), new RoomFanOut(), new IdleSockets(), new CatchUp());

    private Main() {}

    public static void main(String[] args) {
        List<String> words = Arrays.asList(args);
        Effort effort = new Effort(words.contains("--quick"));
        List<String> names =
                words.stream().filter(word -> !word.equals("--quick")).toList();
        List<Scenario> chosen = SCENARIOS.stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
        if (chosen.isEmpty() || chosen.size() < names.size()) {
            System.err.println("There are: "
                    + String.join(", ", SCENARIOS.stream().map(Scenario::name).toList()));
            System.exit(2);
        }
        chosen.forEach(scenario -> run(scenario, effort));
        // The thread that watched PostgreSQL start would keep the process for its patience.
        System.exit(0);
    }

    private static void run(Scenario scenario, Effort effort) {
        System.err.println(scenario.name());
        double loadBefore = Machine.load();
        Report report = scenario.run(effort);
        // A smoke run leaves the figures that count alone.
        report.write(Path.of(effort.quick() ? "target" : "../results", scenario.name() + ".md"), loadBefore);
        System.out.println(report);
    }
}
