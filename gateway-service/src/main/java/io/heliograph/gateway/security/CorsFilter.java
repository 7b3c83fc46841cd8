package io.heliograph.gateway.security;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.pipeline.RequestHead;
import io.heliograph.gateway.security.CorsPolicy.WebSocketOriginPolicy;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Cross-origin resource sharing (CORS). Once enabled, it replaces the headers of services. It comes before all filters
 * that
 * reject, so that a page can read why a request was rejected.
 */
@Singleton
public final class CorsFilter implements RequestFilter {

    private static final String KEY = "heliograph.gateway.cors.";
    private static final Duration MAX_AGE = Duration.ofDays(1);

    private final CorsPolicy policy;
    private final WebSocketOriginPolicy webSockets;
    private final String methods;
    private final String headers;
    private final String maxAge;

    CorsFilter(CorsConfig config, CorsPolicy policy, WebSocketOriginPolicy sockets) {
        this.policy = policy;
        this.webSockets = sockets;
        this.methods = String.join(", ", config.methods());
        this.headers = String.join(", ", config.headers());
        this.maxAge = Long.toString(config.maxAge().toSeconds());
        check(config);
    }

    @Override
    public void filter(Exchange exchange) {
        String origin = exchange.request().headers().get(HttpHeaders.ORIGIN);
        policy.addHeaders(exchange);
        if (origin == null) {
            exchange.proceed();
        } else if (policy.isEnabled() && isPreflight(exchange)) {
            respondPreflight(exchange, policy.allows(origin));
        } else if (webSockets.allows(exchange, origin)) {
            exchange.proceed();
        } else {
            exchange.reject(Problem.ORIGIN_NOT_ALLOWED);
        }
    }

    private static boolean isPreflight(Exchange exchange) {
        return HttpMethod.OPTIONS.equals(exchange.method())
                && exchange.request().headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                && RequestHead.bodyLength(exchange.request()) == 0;
    }

    /** Responds for every path and method; whether they exist is left to the request itself. */
    private void respondPreflight(Exchange exchange, boolean allowed) {
        if (!allowed) {
            exchange.reject(Problem.ORIGIN_NOT_ALLOWED);
            return;
        }
        exchange.setHeader("Access-Control-Allow-Methods", methods);
        exchange.setHeader("Access-Control-Allow-Headers", headers);
        exchange.setHeader("Access-Control-Max-Age", maxAge);
        exchange.response().setStatusCode(204);
        exchange.addMetadata(exchange.response().headers());
        exchange.request().resume();
        exchange.response().end();
        exchange.finish(Outcome.PREFLIGHT);
    }

    private static void check(CorsConfig config) {
        if (config.maxAge().isNegative() || config.maxAge().compareTo(MAX_AGE) > 0) {
            throw new IllegalArgumentException(KEY + "max-age: must be from 0 to 24 hours");
        }
        if (config.credentials() && config.origins().orElse(List.of()).contains("*")) {
            throw new IllegalArgumentException(KEY + "credentials: not with the origin *, which would be any page");
        }
    }
}
