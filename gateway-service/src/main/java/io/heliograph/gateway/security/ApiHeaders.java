package io.heliograph.gateway.security;

/**
 * The headers of the API that a browser asks about: what it may send and what it may read. One list for all services; a
 * header that a call of theirs takes or gives is added here, which a test of each service holds.
 */
final class ApiHeaders {

    /** Beside those of the API the conditions and wishes of HTTP, and the trace of the page. */
    static final String REQUEST = "Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match,If-Modified-Since,"
            + "Prefer,Cache-Control,Last-Event-ID,X-Request-Id,traceparent,tracestate";

    static final String RESPONSE = "X-Request-Id,Server-Timing,ETag,Location,Link,Allow,Age,Date,WWW-Authenticate,"
            + "Retry-After,RateLimit,RateLimit-Policy,Cache-Status,Proxy-Status,Content-Disposition,Last-Modified";

    private ApiHeaders() {}
}
