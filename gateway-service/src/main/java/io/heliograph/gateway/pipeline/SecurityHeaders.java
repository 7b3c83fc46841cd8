package io.heliograph.gateway.pipeline;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * Headers that prevent a browser from rendering a response of the API as a page. A response may override them, except
 * {@code nosniff}.
 */
final class SecurityHeaders {

    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence CONTENT_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence NOTHING =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");

    private SecurityHeaders() {}

    static void addTo(MultiMap headers) {
        headers.set(CONTENT_TYPE_OPTIONS, NOSNIFF);
        if (!headers.contains(CONTENT_POLICY)) {
            headers.add(CONTENT_POLICY, NOTHING);
        }
        if (!headers.contains(REFERRER_POLICY)) {
            headers.add(REFERRER_POLICY, NO_REFERRER);
        }
    }
}
