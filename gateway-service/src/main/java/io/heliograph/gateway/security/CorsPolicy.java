package io.heliograph.gateway.security;

import io.heliograph.gateway.exchange.Exchange;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Which pages of other origins may read an answer, whoever gives it: a service, a step, or the connection that could not
 * read the request.
 */
@Singleton
public final class CorsPolicy {

    private final boolean enabled;
    private final AllowedOrigins origins;
    private final String exposed;
    private final boolean credentials;

    CorsPolicy(CorsConfig config) {
        this.enabled = config.origins().isPresent();
        this.origins = AllowedOrigins.parse(
                "heliograph.gateway.cors.origins", config.origins().orElse(List.of()));
        this.exposed = String.join(", ", config.exposedHeaders());
        this.credentials = config.credentials();
    }

    boolean isEnabled() {
        return enabled;
    }

    boolean allows(String origin) {
        return origin != null && origins.contains(origin);
    }

    /** For an answer that goes through an exchange, in place of what a service says of it. */
    public void addHeaders(Exchange exchange) {
        if (enabled) {
            exchange.addHeader("Vary", "Origin");
            addHeaders(exchange.request().headers().get(HttpHeaders.ORIGIN), exchange::setHeader);
        }
    }

    /** For an answer of the connection itself. */
    public void addErrorHeaders(String origin, BiConsumer<String, String> headers) {
        if (enabled) {
            headers.accept("Vary", "Origin");
            addHeaders(origin, (name, value) -> {
                if (value != null) {
                    headers.accept(name, value);
                }
            });
        }
    }

    private void addHeaders(String origin, BiConsumer<String, String> headers) {
        boolean allowed = allows(origin);
        headers.accept("Access-Control-Allow-Origin", allowed ? origins.all() ? "*" : origin : null);
        headers.accept("Access-Control-Allow-Credentials", allowed && credentials ? "true" : null);
        headers.accept("Access-Control-Expose-Headers", allowed ? exposed : null);
    }
}
