package io.heliograph.localstack.stack;

import java.time.Duration;
import java.util.Locale;

/** The time since its creation, in seconds. */
public final class Stopwatch {

    private final long start = System.nanoTime();

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f s", elapsed().toMillis() / 1000.0);
    }
}
