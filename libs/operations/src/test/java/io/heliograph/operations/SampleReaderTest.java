package io.heliograph.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.operations.SampleMeters.MeterName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SampleReaderTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SampleMeters meters = new SampleMeters(
            "message-service",
            "host:1",
            Set.of("/api/ws"),
            List.of(MeterName.of("in.flight")),
            List.of(MeterName.of("sockets")),
            List.of(MeterName.of("deliveries")),
            List.of(MeterName.of("sql.pool.active")),
            List.of(MeterName.of("sql.pool.queue.size")),
            null);
    private final AtomicInteger waiting = new AtomicInteger(7);
    private final AtomicInteger ratio = new AtomicInteger(0);

    @Test
    void shouldCalculateRatesAndQuantilesBetweenTwoReadings() {
        request("200", "/api/rooms", 1_000);
        registry.counter("deliveries", "kind", "live").increment(100);
        AtomicInteger inFlight = registry.gauge("in.flight", new AtomicInteger(3));
        SampleReader reader = new SampleReader(registry, meters);
        for (int i = 0; i < 9; i++) {
            request("200", "/api/rooms", 8);
        }
        request("503", "/api/rooms", 8);
        request("101", "/api/ws", 5_000);
        registry.counter("deliveries", "kind", "live").increment(20);

        Sample sample = reader.read();

        // By how much each is more is not known; how they relate is.
        assertTrue(sample.requestsPerSecond() > 0);
        assertEquals(10, sample.requestsPerSecond() / sample.errorsPerSecond(), 1e-6);
        assertEquals(2, sample.deliveriesPerSecond() / sample.requestsPerSecond(), 1e-6);
        assertEquals(7.5, sample.p50Ms(), 1e-6);
        assertEquals(9.95, sample.p99Ms(), 1e-6);
        assertEquals(inFlight.get(), sample.inFlight());
        assertTrue(sample.memoryBytes() > 0);
    }

    @Test
    void shouldReportZeroAndNotNaNWithoutTraffic() {
        registry.gauge("sockets", Double.NaN);
        SampleReader reader = new SampleReader(registry, meters);

        Sample sample = reader.read();

        assertEquals(0, sample.requestsPerSecond());
        assertEquals(0, sample.p99Ms());
        assertEquals(0, sample.connections());
        assertFalse(sample.toJson().encode().contains("NaN"));
    }

    @Test
    void shouldReportTheLargestLagOfAllEventLoops() {
        TimeGauge.builder("heliograph.event.loop.lag", () -> 0.002, TimeUnit.SECONDS)
                .tag("loop", "0")
                .register(registry);
        TimeGauge.builder("heliograph.event.loop.lag", () -> 0.3, TimeUnit.SECONDS)
                .tag("loop", "1")
                .register(registry);

        assertEquals(300, new SampleReader(registry, meters).read().eventLoopLagMs(), 1e-6);
    }

    @Test
    void shouldCountWaitingRequestsOnlyWhenNoConnectionIsFree() {
        Gauge.builder("sql.pool.queue.size", waiting, AtomicInteger::get)
                .tag("pool.name", "primary")
                .register(registry);
        Gauge.builder("sql.pool.ratio", ratio, AtomicInteger::get)
                .tag("pool.name", "primary")
                .register(registry);
        SampleReader reader = new SampleReader(registry, meters);

        assertEquals(0, reader.read().poolWaiting());
        ratio.set(1);
        assertEquals(7, reader.read().poolWaiting());
    }

    private void request(String status, String uri, long millis) {
        Timer.builder("http.server.requests")
                .tag("status", status)
                .tag("uri", uri)
                .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofSeconds(1))
                .register(registry)
                .record(millis, TimeUnit.MILLISECONDS);
    }
}
