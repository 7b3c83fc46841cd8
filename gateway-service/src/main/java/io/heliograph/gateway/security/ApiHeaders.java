package io.heliograph.gateway.security;

/**
 * The headers of the API that CORS has to allow: those that a page may send and those that it may read. One list for
 * all services; a header that a service reads or sets is added here, which a test of each service verifies.
 */
final class ApiHeaders {

    /** Request headers: those of the API, preconditions and preferences of HTTP, and the trace context. */
    static final String REQUEST = "Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match,If-Modified-Since,"
            + "Prefer,Cache-Control,Last-Event-ID,X-Request-Id,traceparent,tracestate";

    static final String RESPONSE = "X-Request-Id,Server-Timing,ETag,Location,Link,Allow,Age,Date,WWW-Authenticate,"
            + "Retry-After,RateLimit,RateLimit-Policy,Cache-Status,Proxy-Status,Content-Disposition,Last-Modified";

    private ApiHeaders() {}
}
