package io.heliograph.gateway.security;

import io.heliograph.gateway.pipeline.Exchange;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Which origins may read a response, whichever part writes it: a service, a filter, or the connection that rejected a
 * malformed request.
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

    /** Sets the headers of an exchange, in place of those of the service. */
    public void addHeaders(Exchange exchange) {
        if (enabled) {
            exchange.addHeader("Vary", "Origin");
            addHeaders(exchange.request().headers().get(HttpHeaders.ORIGIN), exchange::setHeader);
        }
    }

    /** Adds the headers to a response that has no exchange. */
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

    /** A set of origins, or all of them. */
    record AllowedOrigins(Set<String> allowed, boolean all) {

        private static final String ALL = "*";

        /** Throws an {@link IllegalArgumentException} with the key if an origin is invalid. */
        static AllowedOrigins parse(String key, List<String> texts) {
            if (texts.equals(List.of(ALL))) {
                return new AllowedOrigins(Set.of(), true);
            }
            return new AllowedOrigins(
                    texts.stream().map(text -> origin(key, text.trim())).collect(Collectors.toUnmodifiableSet()),
                    false);
        }

        boolean contains(String origin) {
            return all || allowed.contains(origin);
        }

        /** The origin as browsers serialize it: in lower case and without the default port. */
        private static String origin(String key, String text) {
            try {
                URI uri = new URI(text);
                boolean bare = uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getRawPath().isEmpty();
                if (bare && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                    String implied = "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
                    String origin = text.toLowerCase(Locale.ROOT);
                    return origin.endsWith(implied) ? origin.substring(0, origin.length() - implied.length()) : origin;
                }
            } catch (URISyntaxException e) {
                // Reported below.
            }
            throw new IllegalArgumentException(key + ": \"" + text + "\" is no origin such as https://chat.example");
        }
    }

    /** Which origins may open WebSockets: the configured ones, and the gateway's own host. */
    @Singleton
    static final class WebSocketOriginPolicy {

        private final AllowedOrigins origins;

        WebSocketOriginPolicy(CorsConfig config) {
            this.origins = AllowedOrigins.parse(
                    "heliograph.gateway.cors.socket-origins",
                    config.socketOrigins().orElse(List.of("*")));
        }

        /** Whether the exchange opens no WebSocket, or pages of this origin may open one. */
        boolean allows(Exchange exchange, String origin) {
            return origins.contains(origin)
                    || !"websocket".equalsIgnoreCase(exchange.request().getHeader(HttpHeaders.UPGRADE))
                    || isOwn(origin, exchange.host());
        }

        /** Compares hosts only, since the scheme may be known to a proxy only. */
        private static boolean isOwn(String origin, String host) {
            int start = origin.indexOf("://") + 3;
            return host != null
                    && origin.length() - start == host.length()
                    && origin.regionMatches(true, start, host, 0, host.length());
        }
    }
}
