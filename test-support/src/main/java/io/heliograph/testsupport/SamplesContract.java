package io.heliograph.testsupport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.operations.OperationsChannels;
import io.heliograph.operations.WatchLease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How every service publishes samples of itself (docs/adr/0047); publishes the leases of a gateway with a watcher. */
public abstract class SamplesContract {

    private final String service;

    /** Set by {@link EmbeddedStores}. */
    protected RedisServer redis;

    protected SamplesContract(String service) {
        this.service = service;
    }

    @Test
    void shouldSampleWhileAGatewayHoldsALease() throws JsonProcessingException {
        assertEquals(0, sampling());
        try (ChannelReader samples = ChannelReader.of(redis, OperationsChannels.SAMPLES)) {
            CompletableFuture<String> first = CompletableFuture.supplyAsync(samples::next);

            await().until(() -> {
                // Repeated, because the service may not have subscribed yet.
                lease(WatchLease.LENGTH);
                return first.isDone();
            });

            JsonNode sample = new ObjectMapper().readTree(first.join());
            assertEquals(service, sample.get("name").textValue());
            assertTrue(sample.get("memoryBytes").longValue() > 0);
            assertTrue(sample.get("gauges").toString().contains("heliograph_event_loop_lag_seconds"));
            assertEquals("1", redis.execute("EXISTS " + OperationsChannels.HISTORY));
        }
        lease(Duration.ZERO);
        await().until(() -> sampling() == 0);
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
        String message = new WatchLease("a gateway", length).encode();
        redis.execute("PUBLISH " + OperationsChannels.WATCHERS + " \"" + message + "\"");
    }

    private static double sampling() {
        return Meters.of("heliograph_operations_sampling");
    }
}
