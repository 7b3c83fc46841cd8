package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** A negative period has ended, including the margin. */
    @ParameterizedTest
    @CsvSource({"-3S, true, 1", "4S, true, 0", "-3S, false, 0"})
    void shouldCountSocketsThatAreOpenAfterADrain(String period, boolean draining, double overdue) {
        SocketMetrics metrics = metrics(period);
        metrics.open(Collections.singleton(null), new UserConnections(() -> 1));

        if (draining) {
            metrics.draining();
        }

        assertThat(registry.get("heliograph.drain.overdue").gauge().value()).isEqualTo(overdue);
    }

    @Test
    void shouldRegisterCountersOfAllClosesAndRejectionsAtTheStart() {
        metrics("4S");

        assertThat(registry.get("heliograph.socket.closes").counters()).hasSameSizeAs(CloseCode.values());
        assertThat(registry.get("heliograph.socket.refusals").counters()).hasSize(2);
    }

    private SocketMetrics metrics(String drainPeriod) {
        SocketConfig config = Settings.of(SocketConfig.class, Map.of("heliograph.socket.drain-period", drainPeriod));
        return new SocketMetrics(registry, config);
    }
}
