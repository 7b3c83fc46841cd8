package io.heliograph.benchmarks.harness;

import java.time.Duration;

/** How long a run may take. A quick run measures the same operations with less precision. */
public record Effort(boolean quick) {

    public int rounds() {
        return quick ? 1 : 3;
    }

    /** How long one contestant is measured in one round. */
    public Duration measured() {
        return Duration.ofSeconds(quick ? 2 : 6);
    }

    /** The warm-up, in which the JVM compiles the hot code. */
    public Duration warmUp() {
        return Duration.ofSeconds(quick ? 3 : 20);
    }

    /** {@code full}, or a tenth of it in a quick run. */
    public int size(int full) {
        return quick ? full / 10 : full;
    }

    /** {@code full} seconds, or one second in a quick run. */
    public Duration seconds(int full) {
        return Duration.ofSeconds(quick ? 1 : full);
    }

    public void progress(String what) {
        System.err.println("  " + what);
    }
}
