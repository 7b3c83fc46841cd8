package io.heliograph.gateway.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of the requests that the gateway sends to itself. */
@ConfigMapping(prefix = "heliograph.gateway.internal")
public interface InternalClientConfig {

    /** Concurrent requests of all batches: several full batches, and fewer than the services are sized for. */
    @WithDefault("100")
    int maxRequests();

    /** Requests that may wait for a connection; further ones get {@code 503 overloaded}. */
    @WithDefault("2000")
    int maxWaiting();
}
