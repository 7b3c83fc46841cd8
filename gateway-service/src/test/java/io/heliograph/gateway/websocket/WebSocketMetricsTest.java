package io.heliograph.gateway.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.websocket.TunnelRegistry.WebSocketMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketMetricsTest {

    private static final List<String> OPEN = List.of("a tunnel", "another");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private record Draining(Duration drainPeriod) implements WebSocketConfig {

        @Override
        public int max() {
            return 10;
        }

        @Override
        public int maxPerAddress() {
            return 10;
        }

        @Override
        public int maxPerUser() {
            return 10;
        }
    }

    /** A negative period has ended, including the margin. */
    @ParameterizedTest
    @CsvSource({"PT-3S, true, 2", "PT4S, true, 0", "PT-3S, false, 0"})
    void shouldCountWebSocketsThatAreOpenAfterADrain(Duration period, boolean draining, int overdue) {
        WebSocketMetrics metrics = new WebSocketMetrics(new Draining(period), registry);
        metrics.open(OPEN);

        if (draining) {
            metrics.draining();
        }

        assertEquals(overdue, gauge("heliograph.drain.overdue"));
        assertEquals(2, gauge("heliograph.gateway.websockets"));
        assertEquals(10, gauge("heliograph.gateway.websockets.limit"));
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
