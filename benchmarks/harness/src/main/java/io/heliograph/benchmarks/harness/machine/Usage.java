package io.heliograph.benchmarks.harness.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The resources used by a process and its descendants according to the kernel (Linux). */
public record Usage(ProcessHandle process) {

    // USER_HZ: 100 in the interface of the kernel, independent of its internal tick.
    private static final double TICKS_PER_SECOND = 100;

    /** Includes processes that have ended. */
    public double cpuSeconds() {
        return tree().mapToDouble(Usage::cpuSeconds).sum();
    }

    /** A page shared by several processes is divided between them, so the sum is the memory in use. */
    public long residentBytes() {
        return tree().mapToLong(each -> field(each, "smaps_rollup", "Pss:")).sum();
    }

    /** Peak memory in bytes, since the start or since {@link #resetPeak}. Shared pages count once for each process. */
    public long peakResidentBytes() {
        return tree().mapToLong(each -> field(each, "status", "VmHWM:")).sum();
    }

    public void resetPeak() {
        try {
            for (ProcessHandle each : tree().toList()) {
                Files.writeString(Path.of("/proc/" + each.pid() + "/clear_refs"), "5");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    /** A field in bytes; 0 if the process has ended. */
    private static long field(ProcessHandle process, String file, String field) {
        return read(process, file)
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** CPU time of the process and of its ended children. */
    private static double cpuSeconds(ProcessHandle process) {
        String stat = read(process, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        // The second field is the name in brackets, which may contain spaces: start after it.
        String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        // User and system time of the process and of its ended children.
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(values[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Returns an empty string if the process has ended. */
    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
        } catch (IOException gone) {
            return "";
        }
    }
}
