package io.heliograph.message.operations;

import io.heliograph.operations.ReplicaName;
import io.heliograph.operations.SampleMeters;
import io.heliograph.operations.SampleMeters.MeterName;
import io.heliograph.operations.TaskMeters;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The meters of this service that are published while an operator watches (docs/adr/0047). */
final class MessageSamples {

    private static final TaskMeters JOBS = new TaskMeters(
            "heliograph.jobs.running",
            "heliograph.jobs.ended",
            "state",
            "succeeded",
            Set.of("failed", "retried", "lost"),
            "heliograph.jobs.execution");

    private MessageSamples() {}

    @Produces
    @Singleton
    static SampleMeters meters(
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        return new SampleMeters(
                service,
                ReplicaName.of(port),
                Set.of("/api/ws", "/api/rooms/{room}/changes"),
                List.of(MeterName.of("http.server.active.requests")),
                List.of(MeterName.of("heliograph.socket.connections")),
                List.of(MeterName.of("heliograph.deliveries")),
                List.of(MeterName.of("sql.pool.active")),
                List.of(MeterName.of("sql.pool.queue.size")),
                JOBS);
    }
}
