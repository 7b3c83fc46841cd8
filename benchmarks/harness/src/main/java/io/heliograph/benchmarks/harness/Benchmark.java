package io.heliograph.benchmarks.harness;

import io.heliograph.benchmarks.harness.machine.MachineLoad;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Skipped;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The command line of a benchmark module: see {@code benchmarks/run}. */
public final class Benchmark {

    private Benchmark() {}

    /** Runs the scenarios named in {@code args}, or all of them, and exits the process. */
    public static void run(List<Scenario> scenarios, String[] args) {
        List<String> words = Arrays.asList(args);
        Effort effort = new Effort(words.contains("--quick"));
        List<String> names =
                words.stream().filter(word -> !word.equals("--quick")).toList();
        List<Scenario> chosen = scenarios.stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
        if (chosen.isEmpty() || chosen.size() < names.size()) {
            System.err.println("available scenarios: "
                    + String.join(", ", scenarios.stream().map(Scenario::name).toList()));
            System.exit(2);
        }
        // The thread that waited for the start of PostgreSQL would keep this process alive until its timeout: exit
        // explicitly.
        System.exit(run(chosen, effort) ? 0 : 1);
    }

    private static boolean run(List<Scenario> scenarios, Effort effort) {
        try {
            scenarios.forEach(scenario -> run(scenario, effort));
            return true;
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            return false;
        }
    }

    private static void run(Scenario scenario, Effort effort) {
        System.err.println(scenario.name());
        MachineLoad before = MachineLoad.now();
        Report report = scenario.run(effort);
        for (String line : Skipped.take()) {
            report.line("").line("%s", line);
        }
        // A smoke run does not overwrite the recorded results.
        report.write(Path.of(effort.quick() ? "target" : "../results"), before);
        System.out.println(report);
    }
}
