package io.heliograph.gateway.pipeline;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.MimeMapping;
import java.util.function.BiConsumer;

/** The headers of the gateway's web pages, which load nothing from other origins and have no inline scripts. */
public final class Pages {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Buffer NOT_FOUND = Buffer.buffer("""
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Not found</title>
            <h1>There is nothing at this address.</h1>
            <p><a href="/">To the start page</a></p>
            </html>
            """);

    private Pages() {}

    /** Whether the client accepts HTML explicitly, as browsers do. */
    public static boolean isHtmlAccepted(HttpServerRequest request) {
        boolean reads = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        String accept = reads ? request.getHeader(HttpHeaders.ACCEPT) : null;
        return accept != null && accept.contains("text/html");
    }

    /** The page for {@code 404}. */
    public static Buffer notFound() {
        return NOT_FOUND.copy();
    }

    /** The content type of the file at a path, which Vert.x sets only with a body. */
    public static String type(String path) {
        String file = path.endsWith("/") ? path + "index.html" : path;
        String type = MimeMapping.getMimeTypeForFilename(file);
        return type != null && type.startsWith("text/") ? type + ";charset=UTF-8" : type;
    }

    /** Adds the security headers of a page. */
    public static void protect(HttpServerResponse response) {
        protect(response.headers()::set);
    }

    /** As above, for other kinds of headers. */
    public static void protect(BiConsumer<String, String> headers) {
        headers.accept("Content-Security-Policy", POLICY);
        // Revalidated each time, so that files of different versions are not combined.
        headers.accept("Cache-Control", "no-cache");
        headers.accept("X-Content-Type-Options", "nosniff");
        headers.accept("X-Frame-Options", "DENY");
        headers.accept("Referrer-Policy", "no-referrer");
        headers.accept("Cross-Origin-Opener-Policy", "same-origin");
        headers.accept("Cross-Origin-Resource-Policy", "same-origin");
        headers.accept("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    }
}
