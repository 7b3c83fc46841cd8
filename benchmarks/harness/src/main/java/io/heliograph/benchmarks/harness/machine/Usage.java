package io.heliograph.benchmarks.harness.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says that a process and its children have used (Linux). */
public record Usage(ProcessHandle process) {

    // USER_HZ: fixed at 100 by the kernel's interface, whatever the kernel's own tick.
    private static final double TICKS_PER_SECOND = 100;

    /** Of the process, the children it has, and those that have ended. */
    public double cpuSeconds() {
        return cpuSeconds(process, 4)
                + process.children().mapToDouble(child -> cpuSeconds(child, 2)).sum();
    }

    /** Of the process alone, in bytes. */
    public long residentBytes() {
        return status("VmRSS");
    }

    /** The most it ever was, in bytes, or since {@link #forgetPeak}. */
    public long peakResidentBytes() {
        return status("VmHWM");
    }

    public void forgetPeak() {
        try {
            Files.writeString(Path.of("/proc/" + process.pid() + "/clear_refs"), "5");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long status(String field) {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** The first {@code fields} of user, system, and both of the children that have ended. */
    private static double cpuSeconds(ProcessHandle process, int fields) {
        String stat = read(process, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        // The second field holds the name in brackets and may contain spaces: count from behind it.
        String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = 0; i < fields; i++) {
            ticks += Long.parseLong(values[11 + i]);
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
