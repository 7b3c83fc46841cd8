package io.heliograph.benchmarks.harness.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The load of this machine, and of the host that virtual machines share, at one moment.
 *
 * @param load the load average of the last minute
 * @param used processor time used by this machine since its start, in ticks
 * @param stolen steal time: processor time that this machine requested and the host gave to others, in ticks
 */
public record MachineLoad(double load, long used, long stolen) {

    /** Columns of {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int IDLE = 3;

    private static final int WAITING = 4;
    private static final int STOLEN = 7;

    public static MachineLoad now() {
        try {
            String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
            return of(load, Files.readAllLines(Path.of("/proc/stat")).get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MachineLoad of(String load, String cpu) {
        long[] ticks = Stream.of(cpu.split(" +", -1))
                .skip(1)
                .limit(STOLEN + 1)
                .mapToLong(Long::parseLong)
                .toArray();
        long used = 0;
        for (int i = 0; i < STOLEN; i++) {
            used += i == IDLE || i == WAITING ? 0 : ticks[i];
        }
        return new MachineLoad(Double.parseDouble(load), used, ticks[STOLEN]);
    }

    /** The load during a run that began with this sample and ended with {@code end}, for a result page. */
    public String until(MachineLoad end) {
        long taken = end.stolen - stolen;
        long wanted = end.used - used + taken;
        return String.format(
                Locale.ROOT,
                "load average %.1f before and %.1f after the run; steal time %.0f %% of the requested processor time",
                load,
                end.load,
                wanted == 0 ? 0 : 100.0 * taken / wanted);
    }
}
