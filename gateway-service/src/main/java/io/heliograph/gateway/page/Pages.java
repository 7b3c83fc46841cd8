package io.heliograph.gateway.page;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;

/** What the web pages of the gateway are served with. They load nothing from elsewhere and have no inline script. */
public final class Pages {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Pages() {}

    /** Adds the headers by which a browser keeps a page to what it was made for. */
    public static void protect(HttpServerResponse response) {
        MultiMap headers = response.headers();
        headers.set("Content-Security-Policy", POLICY);
        // The files are small and belong together: half of an older page must not meet half of a newer one.
        headers.set("Cache-Control", "no-cache");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    }
}
