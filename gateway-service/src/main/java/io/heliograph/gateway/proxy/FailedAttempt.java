package io.heliograph.gateway.proxy;

import io.heliograph.gateway.upstream.Instance;

/**
 * An attempt came to nothing.
 *
 * @param unsent whether it has not been acted on, since nothing of it can have reached the service or the service says so
 */
record FailedAttempt(Instance instance, UpstreamFailure failure, boolean unsent) {}
