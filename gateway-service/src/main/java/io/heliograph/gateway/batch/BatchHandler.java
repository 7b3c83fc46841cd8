package io.heliograph.gateway.batch;

import io.heliograph.gateway.batch.BatchReader.RequestBodyReader.BodyRejectedException;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.pipeline.LocalRouteFilter.LocalRouteHandler;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.routing.Route.LocalFeature;
import io.heliograph.gateway.routing.Routes;
import io.heliograph.gateway.task.Task;
import io.heliograph.gateway.task.Task.TaskKind;
import io.heliograph.gateway.task.Tasks;
import io.vertx.core.VertxException;
import io.vertx.core.json.DecodeException;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Handles {@code POST /api/batch}: each part passes the gateway as a request of its own, several at a time. */
@Singleton
final class BatchHandler implements LocalRouteHandler {

    private final InternalClient internalClient;
    private final Tasks tasks;
    private final BatchReader reader;
    private final BatchConfig config;
    private final Routes routes;

    BatchHandler(InternalClient internalClient, Tasks tasks, BatchReader reader, BatchConfig config, Routes routes) {
        this.internalClient = internalClient;
        this.tasks = tasks;
        this.reader = reader;
        this.config = config;
        this.routes = routes;
    }

    @Override
    public LocalFeature feature() {
        return LocalFeature.BATCH;
    }

    @Override
    public void handle(Exchange exchange) {
        reader.read(exchange)
                .onSuccess(parser -> startOrFail(exchange, parser))
                .onFailure(failure -> reject(exchange, failure));
    }

    private void startOrFail(Exchange exchange, BatchParser parser) {
        try {
            start(exchange, parser);
        } catch (RuntimeException e) {
            exchange.fail(e);
        }
    }

    private void start(Exchange exchange, BatchParser parser) {
        if (!parser.errors().isEmpty()) {
            exchange.reject(Problem.INVALID_REQUEST, parser.errors());
        } else if (exchange.response().closed()) {
            exchange.finish(Outcome.ABORTED);
        } else {
            exchange.setHeader("Cache-Control", mayBeCompressed(parser) ? "no-store" : "no-store, no-transform");
            Task task = tasks.begin(TaskKind.BATCH, parser.parts().size() + " requests (" + exchange.requestId() + ")");
            new BatchExecution(internalClient, config, task, exchange, parser.parts()).start();
        }
    }

    /** Whether all parts are of routes that are compressed: the responses of others may contain secrets. */
    private boolean mayBeCompressed(BatchParser parser) {
        return parser.parts().stream()
                .map(part -> routes.table().find(RequestPath.of(part.path())))
                .allMatch(route -> route == null || route.isCompressed());
    }

    private static void reject(Exchange exchange, Throwable failure) {
        if (failure instanceof DecodeException) {
            exchange.reject(Problem.INVALID_JSON);
        } else if (failure instanceof BodyRejectedException refused) {
            exchange.reject(refused.problem());
        } else if (exchange.response().closed()
                || failure instanceof VertxException
                || failure instanceof IOException) {
            // The client has disconnected.
            exchange.finish(Outcome.ABORTED);
        } else {
            exchange.fail(failure instanceof RuntimeException defect ? defect : new IllegalStateException(failure));
        }
    }
}
