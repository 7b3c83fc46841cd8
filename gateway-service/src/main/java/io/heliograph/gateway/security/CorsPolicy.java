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

    private final boolean on;
    private final Origins origins;
    private final String exposed;
    private final boolean credentials;

    CorsPolicy(CorsConfig config) {
        this.on = config.origins().isPresent();
        this.origins = Origins.parse(
                "heliograph.gateway.cors.origins", config.origins().orElse(List.of()));
        this.exposed = String.join(", ", config.exposedHeaders());
        this.credentials = config.credentials();
    }

    boolean isOn() {
        return on;
    }

    boolean allows(String origin) {
        return origin != null && origins.contain(origin);
    }

    /** For an answer that goes through an exchange, in place of what a service says of it. */
    public void describe(Exchange exchange) {
        if (on) {
            exchange.append("Vary", "Origin");
            describe(exchange.request().headers().get(HttpHeaders.ORIGIN), exchange::add);
        }
    }

    /** For an answer of the connection itself. */
    public void describeRefusal(String origin, BiConsumer<String, String> headers) {
        if (on) {
            headers.accept("Vary", "Origin");
            describe(origin, (name, value) -> {
                if (value != null) {
                    headers.accept(name, value);
                }
            });
        }
    }

    private void describe(String origin, BiConsumer<String, String> headers) {
        boolean allowed = allows(origin);
        headers.accept("Access-Control-Allow-Origin", allowed ? origins.all() ? "*" : origin : null);
        headers.accept("Access-Control-Allow-Credentials", allowed && credentials ? "true" : null);
        headers.accept("Access-Control-Expose-Headers", allowed ? exposed : null);
    }
}
