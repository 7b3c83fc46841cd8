package io.heliograph.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyPercentileTest {

    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LatencyPercentile latency = new LatencyPercentile(0);

    @Test
    void shouldBeZeroInitially() {
        assertEquals(0, latency.p99Nanos(SECOND));
    }

    @Test
    void shouldLeaveOutTheSlowestOfAHundred() {
        add(99, 10 * MILLI, SECOND);
        add(1, 10 * SECOND, SECOND);

        assertBetween(10 * MILLI, 15 * MILLI, latency.p99Nanos(SECOND));
        add(1, 10 * SECOND, SECOND);
        assertBetween(10 * SECOND, 15 * SECOND, latency.p99Nanos(SECOND));
    }

    @Test
    void shouldExpireAfterTwoWindows() {
        add(10, 3 * SECOND, SECOND);

        assertBetween(3 * SECOND, 4.5 * SECOND, latency.p99Nanos(12 * SECOND));
        add(10, MILLI, 23 * SECOND);
        assertBetween(MILLI, 1.5 * MILLI, latency.p99Nanos(23 * SECOND));
        assertEquals(0, latency.p99Nanos(60 * SECOND));
    }

    private void add(int times, long tookNanos, long nowNanos) {
        for (int i = 0; i < times; i++) {
            latency.record(tookNanos, nowNanos);
        }
    }

    private static void assertBetween(double least, double most, long nanos) {
        assertTrue(least <= nanos && nanos <= most, nanos + " ns");
    }
}
