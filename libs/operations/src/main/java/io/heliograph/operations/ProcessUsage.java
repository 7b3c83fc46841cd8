package io.heliograph.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The CPU and memory that this process uses. Reads {@code /proc}, which is memory: it does not block. */
final class ProcessUsage {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private ProcessUsage() {}

    /** Processor time since the start, to a hundredth of a second. */
    static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The resident set; without {@code /proc} the heap that is in use. */
    static long memoryBytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    String kibibytes = line.substring(RESIDENT.length()).trim().split(" ", 2)[0];
                    return Long.parseLong(kibibytes) * 1024;
                }
            }
        } catch (IOException | NumberFormatException notLinux) {
            // The fallback below is less exact.
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
