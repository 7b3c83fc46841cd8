package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Crowd;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class GaugeTest {

    /**
     * Revocations and webhooks outlive their clients; the lag of event loops is never exactly zero; and the rate of
     * admission applies to the next client.
     */
    private static final Pattern UNRELATED = Pattern.compile("heliograph_(revocations_known|webhooks_enabled"
            + "|event_loop_lag_seconds|overload_lag_seconds|overload_rate).*");

    private final Heliograph heliograph;

    GaugeTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldReturnToZeroWithoutClients() {
        try (Crowd crowd = Crowd.of(heliograph, 3, 3)) {
            crowd.follow(0, 30);
            crowd.follow(1, 30);
            crowd.send(0, Duration.ofMillis(20));
            await().until(() -> crowd.acknowledged() > 60);

            // Clients of the previous test may still be disconnecting.
            await().untilAsserted(() -> {
                Map<String, Double> gauges = heliograph.metrics(0).gauges("heliograph_");
                assertEquals(30, gauges.get("heliograph_socket_connections"));
                assertEquals(3, gauges.get("heliograph_socket_users"));
                assertEquals(3, gauges.get("heliograph_delivery_rooms"));
                assertEquals(3, gauges.get("heliograph_presence_rooms"));
                assertEquals(9, gauges.get("heliograph_presence_users"));
            });
            crowd.assertComplete(0);
        }

        for (int replica = 0; replica < 2; replica++) {
            int where = replica;
            await().untilAsserted(() -> assertEquals(Map.of(), notZero(where)));
        }
    }

    private Map<String, Double> notZero(int replica) {
        Map<String, Double> gauges = heliograph.metrics(replica).gauges("heliograph_");
        assertTrue(gauges.size() >= 7, gauges::toString);
        gauges.putAll(heliograph.metrics(replica).gauges("sql_pool_active"));
        gauges.putAll(heliograph.metrics(replica).gauges("sql_pool_queue_size"));
        return gauges.entrySet().stream()
                .filter(gauge -> gauge.getValue() != 0)
                .filter(gauge -> !UNRELATED.matcher(gauge.getKey()).matches())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
