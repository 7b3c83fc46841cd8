package io.heliograph.gateway.live;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The redirect to the page of live operations, and the caching of its files. */
@Singleton
final class LivePage {

    /** After the gateway handler, and before the static files. */
    private static final int ORDER = 0;

    /** The folder has the version of the library in its name, so its files never change. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    void register(@Observes Router router) {
        router.route("/live").order(ORDER).handler(LivePage::redirect);
        router.routeWithRegex("/live/uplot-[^/]+/.+").order(ORDER).handler(LivePage::keep);
    }

    private static void redirect(RoutingContext context) {
        if (context.request().path().equals("/live")) {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, "/live/")
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
}
