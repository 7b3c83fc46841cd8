package io.heliograph.gateway.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of the requests that the gateway sends to itself. */
@ConfigMapping(prefix = "heliograph.gateway.internal")
public interface InternalClientConfig {

    /** Such requests at once, of all batches together: some full ones, and less than the services are sized for. */
    @WithDefault("100")
    int maxRequests();

    /** Such requests that may wait for others to end; the next is told {@code overloaded}. */
    @WithDefault("2000")
    int maxWaiting();
}
