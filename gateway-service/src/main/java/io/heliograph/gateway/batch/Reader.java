package io.heliograph.gateway.batch;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.routing.Local;
import io.heliograph.gateway.routing.RequestConfig;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.routing.Routes;
import io.heliograph.gateway.routing.Target.Here;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.List;

/** Gets the parts of a batch out of a request. */
@Singleton
final class Reader {

    private static final String JSON = "application/json";

    private final Vertx vertx;
    private final Routes routes;
    private final RequestConfig config;

    Reader(Vertx vertx, Routes routes, RequestConfig config) {
        this.vertx = vertx;
        this.routes = routes;
        this.config = config;
    }

    /**
     * Fails with {@link BodyRefused}, with {@link io.vertx.core.json.DecodeException} for what is no JSON, or with
     * something else if the client is gone.
     */
    Future<Reading> read(Exchange exchange) {
        List<String> types = exchange.request().headers().getAll(HttpHeaders.CONTENT_TYPE);
        if (types.size() > 1 || !types.stream().allMatch(Reader::isJson)) {
            return Future.failedFuture(new BodyRefused(Problem.UNSUPPORTED_MEDIA_TYPE));
        }
        if (isEncoded(exchange.request().headers().get(HttpHeaders.CONTENT_ENCODING))) {
            return Future.failedFuture(new BodyRefused(Problem.UNSUPPORTED_MEDIA_TYPE));
        }
        return new WholeBody(vertx, exchange, config.bodyTimeout().toMillis())
                .read()
                .compose(body -> Bulk.work(vertx, body.length(), () -> parse(body)));
    }

    /** Without regard to parameters: JSON has none, and is UTF-8 whatever a charset says (RFC 8259, 11). */
    private static boolean isJson(String type) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).trim().equalsIgnoreCase(JSON);
    }

    private static boolean isEncoded(String encoding) {
        return encoding != null && !encoding.isBlank() && !encoding.trim().equalsIgnoreCase("identity");
    }

    private Reading parse(Buffer body) {
        Reading reading = new Reading(this::isBatch, config.maxUri());
        reading.read(body);
        return reading;
    }

    private boolean isBatch(String uri) {
        Route route = routes.table().find(RequestPath.of(uri));
        return route != null && route.target() instanceof Here here && here.local() == Local.BATCH;
    }
}
