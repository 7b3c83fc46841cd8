package io.heliograph.gateway.forward;

import io.heliograph.gateway.upstream.Instance;

/**
 * An attempt came to nothing.
 *
 * @param unsent whether nothing of it can have reached the service, so that it has not been acted on
 */
record Mishap(Instance instance, Failure failure, boolean unsent) {}
