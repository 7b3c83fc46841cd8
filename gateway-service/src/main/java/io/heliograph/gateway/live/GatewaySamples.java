package io.heliograph.gateway.live;

import io.heliograph.gateway.admin.TaskConfig;
import io.heliograph.operations.ReplicaName;
import io.heliograph.operations.SampleMeters;
import io.heliograph.operations.SampleMeters.MeterName;
import io.heliograph.operations.TaskMeters;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Defines the samples of a gateway: its meters and tasks. */
final class GatewaySamples {

    private static final TaskMeters TASKS = new TaskMeters(
            "heliograph.gateway.tasks.running",
            "heliograph.gateway.tasks",
            "result",
            "succeeded",
            Set.of("failed"),
            "heliograph.gateway.tasks");

    @Produces
    @Singleton
    static SampleMeters meters(
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.http.port") int port,
            TaskConfig config) {
        return new SampleMeters(
                service,
                config.replica().orElseGet(() -> ReplicaName.of(port)),
                Set.of("/api/ws", "/api/live", "LONG_POLL"),
                List.of(MeterName.of("heliograph.gateway.in.flight")),
                List.of(
                        MeterName.of("heliograph.gateway.websockets"),
                        MeterName.of("heliograph.gateway.live.watchers")),
                List.of(),
                List.of(new MeterName("heliograph.gateway.upstream.connections", "state", "in_use")),
                List.of(new MeterName("heliograph.gateway.upstream.connections", "state", "awaited")),
                TASKS);
    }
}
