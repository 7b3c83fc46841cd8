package io.heliograph.gateway.page;

import io.heliograph.gateway.compression.CompressionPolicy;
import io.heliograph.gateway.compression.ResponseEncoding;
import io.heliograph.gateway.page.PageFiles.PageFile;
import io.heliograph.gateway.pipeline.ChunkedWriter;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Serves the files of the web pages compressed and with entity tags, so that a browser that has a file gets {@code 304}.
 * In development mode Quarkus serves them, since they change. Also sends redirects to pages that are folders, and sets
 * the headers of files that never change and of the widget, which pages of other origins load.
 */
@Singleton
final class PageHandler {

    /** After the gateway handler. */
    private static final int FIRST = 0;

    /** Before the static files of Quarkus. */
    private static final int SECOND = 1;

    /** The folder has the version of the library in its name, so its files never change. */
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final PageFiles files;
    private final CompressionPolicy policy;

    PageHandler(PageFiles files, CompressionPolicy policy) {
        this.files = files;
        this.policy = policy;
    }

    void register(@Observes Router router) {
        router.route("/live").order(FIRST).handler(context -> redirect(context, "/live"));
        router.route("/admin").order(FIRST).handler(context -> redirect(context, "/admin"));
        router.routeWithRegex("/live/uplot-[^/]+/.+").order(FIRST).handler(PageHandler::keep);
        router.route("/widget/*").order(FIRST).handler(PageHandler::share);
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            router.route()
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .order(SECOND)
                    .handler(this::handle);
        }
    }

    private void handle(RoutingContext context) {
        files.find(context.request().path()).onFailure(context::fail).onSuccess(file -> {
            if (file == null) {
                context.next();
            } else {
                send(context, file);
            }
        });
    }

    private void send(RoutingContext context, PageFile file) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        ResponseEncoding encoding = new ResponseEncoding(context.request(), policy);
        encoding.restoreEntityTags();
        boolean unchanged = isCurrent(context.request().headers(), file.tag());
        response.setStatusCode(unchanged ? NOT_MODIFIED : OK);
        response.putHeader(HttpHeaders.ETAG, file.tag());
        if (!unchanged) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, file.type())
                    .putHeader(
                            HttpHeaders.CONTENT_LENGTH,
                            Integer.toString(file.body().plain().length()));
        }
        Buffer body = encoding.select(response.getStatusCode(), file.body());
        boolean bodyless = unchanged || HttpMethod.HEAD.equals(context.request().method());
        ChunkedWriter.end(response, bodyless ? Buffer.buffer() : body, complete -> {});
    }

    /** Whether the client has the file already (RFC 9110, 13.1.2). */
    private static boolean isCurrent(MultiMap request, String tag) {
        for (String line : request.getAll(HttpHeaders.IF_NONE_MATCH)) {
            if (line.trim().equals("*") || line.contains(tag)) {
                return true;
            }
        }
        return false;
    }

    /** To the folder, so that the page finds its files. */
    private static void redirect(RoutingContext context, String page) {
        if (context.request().path().equals(page)) {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, page + "/")
                    .end();
        } else {
            context.next();
        }
    }

    private static void keep(RoutingContext context) {
        HttpServerResponse response = context.response();
        context.addHeadersEndHandler(end -> {
            if (response.getStatusCode() == 200) {
                response.putHeader(HttpHeaders.CACHE_CONTROL, IMMUTABLE);
            }
        });
        context.next();
    }

    /** The same for everyone, and without a secret: which origins may use the API is another question. */
    private static void share(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
        context.next();
    }
}
