package io.heliograph.benchmarks.harness.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The machine of the run: its description, and pinning of processes to cores. */
public final class Machine {

    /** Counted before any process is pinned. */
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private static final int TRIES = 5;

    private Machine() {}

    /** A line that describes the machine, for a result page. */
    public static String description() {
        try {
            String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
            return String.format(
                    Locale.ROOT,
                    "%d cores (%s), Linux %s, services on %s",
                    CORES,
                    cpu,
                    System.getProperty("os.version"),
                    Jdk.description());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pins a process with its present and future descendants to these cores, in the syntax of {@code taskset}. */
    public static void pin(ProcessHandle process, String cores) {
        pinAlone(process, cores);
        process.descendants().forEach(each -> pinAlone(each, cores));
    }

    /** Pins this process, but not the processes it has started: contestants have their own cores. */
    public static void pinMyself(String cores) {
        pinAlone(ProcessHandle.current(), cores);
    }

    /** Lets this process use all cores again. */
    public static void unpinMyself() {
        pinMyself(allCores());
    }

    public static int cores() {
        return CORES;
    }

    /** All cores, in the syntax of {@code taskset}. */
    public static String allCores() {
        return "0-" + (CORES - 1);
    }

    /** Retries, because {@code taskset} iterates over the threads of a process and fails if one has just ended. */
    private static void pinAlone(ProcessHandle process, String cores) {
        List<String> command = List.of("taskset", "-acp", cores, Long.toString(process.pid()));
        for (int i = 1; ; i++) {
            try {
                run(command);
                return;
            } catch (IllegalStateException failed) {
                if (i == TRIES) {
                    throw failed;
                }
            }
        }
    }

    /** A new temporary folder for the files of a run. The caller deletes it. */
    public static Path newFolder() {
        try {
            return Files.createTempDirectory("heliograph-benchmark");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output of a command. Fails if the command fails. */
    public static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
