package io.heliograph.benchmarks.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void shouldReportPercentilesToThreeDigits() {
        Latencies latencies = new Latencies();
        IntStream.rangeClosed(1, 1000).forEach(millis -> latencies.record(TimeUnit.MILLISECONDS.toNanos(millis)));

        assertEquals(1000, latencies.count());
        assertEquals(500, latencies.millis(50), 1);
        assertEquals(990, latencies.millis(99), 1);
        assertEquals(500.5, latencies.meanMillis(), 1);
    }

    @Test
    void shouldRecordANegativeLatencyAsZero() {
        Latencies latencies = new Latencies();
        latencies.record(-5);

        assertEquals(1, latencies.count());
        assertEquals(0, latencies.millis(100));
    }
}
