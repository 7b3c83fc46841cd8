package io.heliograph.benchmarks.harness.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What else is going on at a moment: here, and on a host that others share.
 *
 * @param load how many processes wanted to run, over the last minute
 * @param used processor time that was given to this machine since it started, in ticks
 * @param stolen what it wanted and the host gave to others, in ticks
 */
public record Surroundings(double load, long used, long stolen) {

    /** In {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int IDLE = 3;

    private static final int WAITING = 4;
    private static final int STOLEN = 7;

    public static Surroundings now() {
        try {
            String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
            return of(load, Files.readAllLines(Path.of("/proc/stat")).get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Surroundings of(String load, String cpu) {
        long[] ticks = Stream.of(cpu.split(" +", -1))
                .skip(1)
                .limit(STOLEN + 1)
                .mapToLong(Long::parseLong)
                .toArray();
        long used = 0;
        for (int i = 0; i < STOLEN; i++) {
            used += i == IDLE || i == WAITING ? 0 : ticks[i];
        }
        return new Surroundings(Double.parseDouble(load), used, ticks[STOLEN]);
    }

    /** For a page: what a run met that began with these and ended with the others. */
    public String until(Surroundings end) {
        long taken = end.stolen - stolen;
        long wanted = end.used - used + taken;
        return String.format(
                Locale.ROOT,
                "load average %.1f before and %.1f after the run; of the processor time that was wanted the host gave"
                        + " %.0f %% to others",
                load,
                end.load,
                wanted == 0 ? 0 : 100.0 * taken / wanted);
    }
}
