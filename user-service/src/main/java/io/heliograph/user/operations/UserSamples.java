package io.heliograph.user.operations;

import io.heliograph.operations.ReplicaName;
import io.heliograph.operations.SampleMeters;
import io.heliograph.operations.SampleMeters.MeterName;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The meters of this service that are published while an operator watches (docs/adr/0047). */
final class UserSamples {

    private UserSamples() {}

    @Produces
    @Singleton
    static SampleMeters meters(
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        return new SampleMeters(
                service,
                ReplicaName.of(port),
                Set.of(),
                List.of(MeterName.of("http.server.active.requests")),
                List.of(),
                List.of(),
                List.of(MeterName.of("sql.pool.active")),
                List.of(MeterName.of("sql.pool.queue.size")),
                null);
    }
}
