package io.heliograph.message.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.operations.OperationsChannels;
import io.heliograph.operations.WatchLease;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Publishes the leases that a gateway with a watcher would. */
@QuarkusTest
class SampleBusTest extends MessageServiceTest {

    @Inject
    RedisDataSource data;

    @Inject
    MeterRegistry registry;

    @Test
    void shouldSampleWhileAGatewayHoldsALease() {
        List<String> heard = new CopyOnWriteArrayList<>();
        var channel = data.pubsub(String.class).subscribe(OperationsChannels.SAMPLES, heard::add);
        assertThat(sampling()).isZero();

        await().until(() -> {
            // As often as until the service listens.
            lease(WatchLease.LENGTH);
            return !heard.isEmpty();
        });

        JsonObject sample = new JsonObject(heard.get(0));
        assertThat(sample.getString("name")).isEqualTo("message-service");
        assertThat(sample.getLong("memoryBytes")).isPositive();
        assertThat(sample.getJsonArray("gauges").encode()).contains("heliograph_event_loop_lag_seconds");
        assertThat(data.sortedSet(String.class).zcard(OperationsChannels.HISTORY))
                .isPositive();
        lease(Duration.ZERO);
        await().until(() -> sampling() == 0);
        channel.unsubscribe(OperationsChannels.SAMPLES);
    }

    @Test
    void shouldStopWhenTheLeaseIsNotRenewed() {
        await().until(() -> {
            lease(WatchLease.LENGTH);
            return sampling() == 1;
        });

        await().until(() -> sampling() == 0);
    }

    private void lease(Duration length) {
        data.pubsub(String.class).publish(OperationsChannels.WATCHERS, new WatchLease("a gateway", length).encode());
    }

    private double sampling() {
        return registry.get("heliograph.operations.sampling").gauge().value();
    }
}
