package io.heliograph.gateway.batch;

import io.heliograph.gateway.batch.RequestBodyReader.BodyRejectedException;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.routing.RequestConfig;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.routing.Route.LocalFeature;
import io.heliograph.gateway.routing.Route.RouteTarget.LocalTarget;
import io.heliograph.gateway.routing.Routes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.List;

/** Reads and parses the body of a batch request. */
@Singleton
final class BatchReader {

    private static final String JSON = "application/json";

    private final Vertx vertx;
    private final Routes routes;
    private final RequestConfig config;

    BatchReader(Vertx vertx, Routes routes, RequestConfig config) {
        this.vertx = vertx;
        this.routes = routes;
        this.config = config;
    }

    /**
     * Fails with {@link BodyRejectedException}, with {@link io.vertx.core.json.DecodeException} for what is no JSON, or with
     * something else if the client is gone.
     */
    Future<BatchParser> read(Exchange exchange) {
        List<String> types = exchange.request().headers().getAll(HttpHeaders.CONTENT_TYPE);
        if (types.size() > 1 || !types.stream().allMatch(BatchReader::isJson)) {
            return Future.failedFuture(new BodyRejectedException(Problem.UNSUPPORTED_MEDIA_TYPE));
        }
        if (isEncoded(exchange.request().headers().get(HttpHeaders.CONTENT_ENCODING))) {
            return Future.failedFuture(new BodyRejectedException(Problem.UNSUPPORTED_MEDIA_TYPE));
        }
        return new RequestBodyReader(vertx, exchange, config.bodyTimeout().toMillis())
                .read()
                .compose(body -> WorkerOffload.run(vertx, body.length(), () -> parse(body)));
    }

    /** Without regard to parameters: JSON has none, and is UTF-8 whatever a charset says (RFC 8259, 11). */
    private static boolean isJson(String type) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).trim().equalsIgnoreCase(JSON);
    }

    private static boolean isEncoded(String encoding) {
        return encoding != null && !encoding.isBlank() && !encoding.trim().equalsIgnoreCase("identity");
    }

    private BatchParser parse(Buffer body) {
        BatchParser parser = new BatchParser(this::isBatch, config.maxUri());
        parser.read(body);
        return parser;
    }

    private boolean isBatch(String uri) {
        Route route = routes.table().find(RequestPath.of(uri));
        return route != null && route.target() instanceof LocalTarget local && local.feature() == LocalFeature.BATCH;
    }
}
