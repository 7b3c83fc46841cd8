package io.heliograph.benchmarks.harness.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where the figures come from, and how processes are kept to a core. */
public final class Machine {

    /** Counted before anything is pinned. */
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private static final int TRIES = 5;

    private Machine() {}

    /** One line for a report. */
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

    /** Keeps a process with its descendants, now and to come, to these cores, given as {@code taskset} takes them. */
    public static void pin(ProcessHandle process, String cores) {
        pinAlone(process, cores);
        process.descendants().forEach(each -> pinAlone(each, cores));
    }

    /** Keeps this process to these cores, and not what it has started so far: the contestants have cores of their own. */
    public static void pinMyself(String cores) {
        pinAlone(ProcessHandle.current(), cores);
    }

    /** Lets this process use every core again. */
    public static void unpinMyself() {
        pinMyself(allCores());
    }

    public static int cores() {
        return CORES;
    }

    /** Every core, as {@code taskset} takes it. */
    public static String allCores() {
        return "0-" + (CORES - 1);
    }

    /** Tried again, as taskset goes through the threads of a process and fails if one of them has just ended. */
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

    /** A folder of its own for what a run leaves, which has to be deleted. */
    public static Path newFolder() {
        try {
            return Files.createTempDirectory("heliograph-benchmark");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command writes; fails if it fails. */
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
