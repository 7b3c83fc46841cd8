package io.heliograph.gateway.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of {@code GET /api/ops/tasks}. */
@ConfigMapping(prefix = "heliograph.gateway.tasks")
public interface TaskConfig {

    /**
     * The duration from which a request is listed as slow: longer than any request should take, and shorter than the
     * timeouts.
     */
    @WithDefault("5S")
    Duration slow();

    /**
     * The name of this replica in the list of tasks and in the operations stream; by default the host name, in
     * Kubernetes that of the pod, and the port.
     */
    Optional<String> replica();
}
