package io.heliograph.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Cross-origin resource sharing. Off by default, since the gateway serves its own pages. */
@ConfigMapping(prefix = "heliograph.gateway.cors")
public interface CorsConfig {

    /**
     * The request headers of the API that CORS has to allow: those of HTTP that it reads, and the trace context. A
     * header that a service reads or sets is added here or to {@link #API_RESPONSE_HEADERS}, which tests of each service
     * verify.
     */
    String API_REQUEST_HEADERS = "Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match,If-Modified-Since,"
            + "Prefer,Cache-Control,Last-Event-ID,X-Request-Id,traceparent,tracestate";

    /** The response headers of the API that a page may read. */
    String API_RESPONSE_HEADERS = "X-Request-Id,Server-Timing,ETag,Location,Link,Allow,Age,Date,WWW-Authenticate,"
            + "Retry-After,RateLimit,RateLimit-Policy,Cache-Status,Proxy-Status,Content-Disposition,Last-Modified";

    /**
     * Allowed origins as browsers send them, such as {@code https://chat.example}; or {@code *} alone. CORS is enabled
     * if this is set.
     */
    Optional<List<String>> origins();

    /** Methods that a page may use. */
    @WithDefault("GET,HEAD,POST,PUT,PATCH,DELETE")
    List<String> methods();

    /** Request headers that a page may send: those that the API reads, and the trace context. */
    @WithDefault(CorsConfig.API_REQUEST_HEADERS)
    List<String> headers();

    /** Response headers that a page may read beside the CORS-safelisted ones: all headers of the API. */
    @WithDefault(CorsConfig.API_RESPONSE_HEADERS)
    List<String> exposedHeaders();

    /**
     * How long a browser may cache a preflight response. A change takes effect everywhere after this time. Browsers cap
     * it at 2 or 24 hours.
     */
    @WithDefault("10M")
    Duration maxAge();

    /** Whether requests may carry cookies. The API needs none; not allowed together with {@code *}. */
    @WithDefault("false")
    boolean credentials();

    /**
     * The origins that may open WebSockets, for which browsers send no preflight request. Pages of the gateway's own
     * host and clients without an {@code Origin} always may. All origins by default: a socket needs a token in its
     * first frame, which a foreign page does not have.
     */
    Optional<List<String>> socketOrigins();
}
