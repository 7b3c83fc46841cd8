package io.heliograph.message.operations;

import io.heliograph.operations.ReplicaName;
import io.heliograph.operations.SampleMeters;
import io.heliograph.operations.SampleMeters.MeterName;
import io.heliograph.operations.SamplePublisher;
import io.heliograph.operations.TaskMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Publishes samples of this replica while an operator watches (docs/adr/0047). */
@Singleton
final class SampleBus {

    private static final TaskMeters JOBS = new TaskMeters(
            "heliograph.jobs.running",
            "heliograph.jobs.ended",
            "state",
            "succeeded",
            Set.of("failed", "retried", "lost"),
            "heliograph.jobs.execution");

    private final SamplePublisher publisher;

    SampleBus(
            Vertx vertx,
            Redis redis,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        SampleMeters meters = new SampleMeters(
                service,
                ReplicaName.of(port),
                Set.of("/api/ws"),
                List.of(MeterName.of("http.server.active.requests")),
                List.of(MeterName.of("heliograph.socket.connections")),
                List.of(MeterName.of("heliograph.deliveries")),
                List.of(MeterName.of("sql.pool.active")),
                List.of(MeterName.of("sql.pool.queue.size")));
        this.publisher = new SamplePublisher(vertx, redis, registry, meters, JOBS);
    }

    void start(@Observes StartupEvent event) {
        publisher.start();
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        publisher.drain();
    }

    void stop(@Observes ShutdownEvent event) {
        publisher.stop();
    }
}
