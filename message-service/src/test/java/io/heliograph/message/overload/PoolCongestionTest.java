package io.heliograph.message.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolCongestionTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger percentUsed = new AtomicInteger();
    private final PoolCongestion pool = new PoolCongestion(
            registry, Settings.of(OverloadConfig.class, Map.of("heliograph.overload.max-pool-waiting", "10")));

    @Test
    void shouldBeCongestedOverTheBoundOfWaitingRequests() {
        gauges();
        percentUsed.set(100);
        waiting.set(10);
        assertThat(pool.isCongested()).isFalse();

        waiting.set(11);

        assertThat(pool.isCongested()).isTrue();
    }

    /** Vert.x counts requests for ever that it has rejected. */
    @Test
    void shouldNotCountRequestsFromBeforeAConnectionWasFree() {
        gauges();
        percentUsed.set(50);
        waiting.set(500);
        assertThat(pool.isCongested()).isFalse();

        percentUsed.set(100);
        assertThat(pool.isCongested()).isFalse();
        waiting.set(511);
        assertThat(pool.isCongested()).isTrue();
    }

    @Test
    void shouldNotBeCongestedWithoutPools() {
        assertThat(pool.isCongested()).isFalse();
    }

    private void gauges() {
        Gauge.builder("sql.pool.queue.size", waiting, AtomicInteger::get)
                .tag("pool.name", "db:5432")
                .register(registry);
        Gauge.builder("sql.pool.ratio", percentUsed, used -> used.get() / 100.0)
                .tag("pool.name", "db:5432")
                .register(registry);
    }
}
