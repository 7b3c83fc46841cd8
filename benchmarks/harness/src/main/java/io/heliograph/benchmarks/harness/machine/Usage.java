package io.heliograph.benchmarks.harness.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel says that a process and its descendants, such as workers, have used (Linux). */
public record Usage(ProcessHandle process) {

    // USER_HZ: fixed at 100 by the kernel's interface, whatever the kernel's own tick.
    private static final double TICKS_PER_SECOND = 100;

    /** Those that have ended are counted as well. */
    public double cpuSeconds() {
        return tree().mapToDouble(Usage::cpuSeconds).sum();
    }

    /** Of a page that several processes share, each has its part: so the sum is what is in memory. */
    public long residentBytes() {
        return tree().mapToLong(each -> field(each, "smaps_rollup", "Pss:")).sum();
    }

    /** The most it ever was, in bytes, or since {@link #forgetPeak}; what processes share counts for each of them. */
    public long peakResidentBytes() {
        return tree().mapToLong(each -> field(each, "status", "VmHWM:")).sum();
    }

    public void forgetPeak() {
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

    /** In bytes; nothing if the process has gone. */
    private static long field(ProcessHandle process, String file, String field) {
        return read(process, file)
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** Of the process and those of its children that have ended. */
    private static double cpuSeconds(ProcessHandle process) {
        String stat = read(process, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        // The second field holds the name in brackets and may contain spaces: count from behind it.
        String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        // User and system time, and both of the children that have ended.
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(values[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Empty if the process has gone. */
    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
        } catch (IOException gone) {
            return "";
        }
    }
}
