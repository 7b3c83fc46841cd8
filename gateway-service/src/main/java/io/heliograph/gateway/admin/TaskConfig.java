package io.heliograph.gateway.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of {@code GET /api/ops/tasks}. */
@ConfigMapping(prefix = "heliograph.gateway.tasks")
public interface TaskConfig {

    /** From how long on a request is listed: long before it fails, and longer than any should take. */
    @WithDefault("5S")
    Duration slow();

    /**
     * What this replica calls itself, there and in the operations stream; if not given, the name of the host, which in
     * Kubernetes is that of the pod, and the port.
     */
    Optional<String> replica();
}
