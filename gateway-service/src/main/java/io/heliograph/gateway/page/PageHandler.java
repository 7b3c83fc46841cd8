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
 * Serves the files of the web pages with entity tags, so that a browser that has a file gets {@code 304}, and
 * compressed. In development mode Quarkus serves them, since they change.
 */
@Singleton
final class PageHandler {

    /** After the gateway handler and the handlers of single pages, and before the static files of Quarkus. */
    private static final int ORDER = 1;

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final PageFiles files;
    private final CompressionPolicy policy;

    PageHandler(PageFiles files, CompressionPolicy policy) {
        this.files = files;
        this.policy = policy;
    }

    void register(@Observes Router router) {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            router.route()
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .order(ORDER)
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
}
