package io.heliograph.benchmarks.harness;

import java.time.Duration;

/** How much time a run may take: what is shorter is less exact, and measures the same. */
public record Effort(boolean quick) {

    public int rounds() {
        return quick ? 1 : 3;
    }

    /** Of one contestant in one round. */
    public Duration measured() {
        return Duration.ofSeconds(quick ? 2 : 6);
    }

    /** Until the JVM has compiled what is hot. */
    public Duration warmUp() {
        return Duration.ofSeconds(quick ? 3 : 20);
    }

    /** As many as asked for, or a tenth of them. */
    public int size(int full) {
        return quick ? full / 10 : full;
    }

    /** As long as asked for, or a second. */
    public Duration seconds(int full) {
        return Duration.ofSeconds(quick ? 1 : full);
    }

    public void progress(String what) {
        System.err.println("  " + what);
    }
}
