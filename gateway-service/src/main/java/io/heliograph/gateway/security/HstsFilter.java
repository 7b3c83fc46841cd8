package io.heliograph.gateway.security;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/**
 * Adds {@code Strict-Transport-Security} to responses over TLS, if configured. It comes after the filter that
 * determines the scheme.
 */
@Singleton
public final class HstsFilter implements RequestFilter {

    private static final String HEADER = "Strict-Transport-Security";

    private final ForwardedClientFilter clients;

    /** Null if disabled. */
    private final String policy;

    HstsFilter(ForwardedClientFilter clients, HstsConfig config) {
        this.clients = clients;
        this.policy = config.maxAge()
                .map(age -> "max-age=" + age.toSeconds() + (config.includeSubdomains() ? "; includeSubDomains" : ""))
                .orElse(null);
    }

    @Override
    public void filter(Exchange exchange) {
        if (policy != null && "https".equals(exchange.scheme())) {
            exchange.setHeader(HEADER, policy);
        }
        exchange.proceed();
    }

    /** Adds the header to a response that has no exchange. */
    public void addTo(HttpServerRequest request) {
        if (policy != null && "https".equals(clients.scheme(request))) {
            request.response().putHeader(HEADER, policy);
        }
    }
}
