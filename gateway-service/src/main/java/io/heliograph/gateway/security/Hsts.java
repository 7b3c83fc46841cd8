package io.heliograph.gateway.security;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Tells browsers that came by TLS to keep to it, if that is configured; after the step that knows the scheme. */
@Singleton
public final class Hsts implements Step {

    private static final String HEADER = "Strict-Transport-Security";

    private final ClientOrigin clients;

    /** Null if they are not told. */
    private final String policy;

    Hsts(ClientOrigin clients, HstsConfig config) {
        this.clients = clients;
        this.policy = config.maxAge()
                .map(age -> "max-age=" + age.toSeconds() + (config.includeSubdomains() ? "; includeSubDomains" : ""))
                .orElse(null);
    }

    @Override
    public void take(Exchange exchange) {
        if (policy != null && "https".equals(exchange.scheme())) {
            exchange.add(HEADER, policy);
        }
        exchange.proceed();
    }

    /** The same for what is no exchange. */
    public void protect(HttpServerRequest request) {
        if (policy != null && "https".equals(clients.scheme(request))) {
            request.response().putHeader(HEADER, policy);
        }
    }
}
