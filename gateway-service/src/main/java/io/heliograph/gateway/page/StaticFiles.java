package io.heliograph.gateway.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The redirects to pages that are folders, the caching of files that never change, and the widget, which pages of other
 * origins load.
 */
@Singleton
final class StaticFiles {

    /** After the gateway handler, and before the static files. */
    private static final int ORDER = 0;

    /** The folder has the version of the library in its name, so its files never change. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    void register(@Observes Router router) {
        router.route("/live").order(ORDER).handler(context -> redirect(context, "/live"));
        router.route("/admin").order(ORDER).handler(context -> redirect(context, "/admin"));
        router.routeWithRegex("/live/uplot-[^/]+/.+").order(ORDER).handler(StaticFiles::keep);
        router.route("/widget/*").order(ORDER).handler(StaticFiles::share);
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
                response.putHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER);
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
