package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import jakarta.inject.Singleton;

/**
 * Changes the entity tags of compressed responses in a request to those of the service, for the cache and the service.
 */
@Singleton
public final class EntityTagFilter implements RequestFilter {

    @Override
    public void filter(Exchange exchange) {
        exchange.encoding().restoreEntityTags();
        exchange.proceed();
    }
}
