package io.heliograph.gateway;

import io.heliograph.gateway.cache.CacheFilter;
import io.heliograph.gateway.compression.CompressionPolicy;
import io.heliograph.gateway.pipeline.EntityTagFilter;
import io.heliograph.gateway.pipeline.ExchangeMetrics;
import io.heliograph.gateway.pipeline.FilterChain;
import io.heliograph.gateway.pipeline.FilterChain.ExchangeListener;
import io.heliograph.gateway.pipeline.LocalRouteFilter;
import io.heliograph.gateway.pipeline.RoutingFilter;
import io.heliograph.gateway.pipeline.RoutingFilter.MethodFilter;
import io.heliograph.gateway.proxy.ProxyFilter;
import io.heliograph.gateway.ratelimit.RateLimitFilter;
import io.heliograph.gateway.security.AuthenticationFilter;
import io.heliograph.gateway.security.AuthorizationFilter;
import io.heliograph.gateway.security.CorsFilter;
import io.heliograph.gateway.security.ForwardedClientFilter;
import io.heliograph.gateway.security.HstsFilter;
import io.heliograph.gateway.websocket.WebSocketLimitFilter;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The filters that every request to a route passes, in their order. A new filter is added here and nowhere else. */
final class RequestPipeline {

    @Produces
    @Singleton
    static FilterChain chain(
            ForwardedClientFilter forwardedClient,
            HstsFilter hsts,
            CorsFilter cors,
            RoutingFilter routing,
            AuthenticationFilter authentication,
            RateLimitFilter rateLimit,
            MethodFilter method,
            AuthorizationFilter authorization,
            WebSocketLimitFilter webSocketLimit,
            LocalRouteFilter localRoute,
            EntityTagFilter entityTag,
            CacheFilter cache,
            ProxyFilter proxy,
            CompressionPolicy compression,
            ExchangeMetrics metrics,
            @All List<ExchangeListener> listeners) {
        return new FilterChain(
                List.of(
                        // Determines the address, the scheme and the host of the client behind trusted proxies.
                        forwardedClient,
                        // Adds Strict-Transport-Security; needs the scheme.
                        hsts,
                        // Adds the headers of CORS, answers preflight requests, checks the origin of WebSockets. Before
                        // any rejection, so that a page can read why it was rejected.
                        cors,
                        // Finds the route; rejects what is too long or ambiguous.
                        routing,
                        // Verifies the bearer token. A request without a valid one goes on, to be rate limited.
                        authentication,
                        // Charges the rate limits of the route.
                        rateLimit,
                        // Rejects methods that the route does not allow; after the limits, since these cost no less.
                        method,
                        // Rejects callers without a valid token or without the role of the route.
                        authorization,
                        // Rejects WebSockets over the limits of the gateway.
                        webSocketLimit,
                        // Handles routes that the gateway serves itself: batch, docs, live, ops.
                        localRoute,
                        // Restores the entity tags of the service, which are changed in compressed responses.
                        entityTag,
                        // Responds from the cache, or fetches for it.
                        cache,
                        // Forwards to an instance of the upstream.
                        proxy),
                compression,
                metrics,
                List.copyOf(listeners));
    }
}
