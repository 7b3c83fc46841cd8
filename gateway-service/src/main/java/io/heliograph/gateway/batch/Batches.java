package io.heliograph.gateway.batch;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.LocalTarget;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.inner.Inside;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.route.Local;
import io.heliograph.gateway.route.RequestConfig;
import io.heliograph.gateway.route.RequestPath;
import io.heliograph.gateway.route.Route;
import io.heliograph.gateway.route.Routes;
import io.heliograph.gateway.route.Target.Here;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;

/** Answers many requests as one: each takes the way that it would take alone, and all go side by side. */
@Singleton
final class Batches implements LocalTarget {

    /** To read so much JSON takes less than a millisecond; more is read on a thread that may take its time. */
    private static final int QUICK = 64 * 1024;

    private final Vertx vertx;
    private final Inside inside;
    private final Routes routes;
    private final BatchConfig config;
    private final RequestConfig request;

    Batches(Vertx vertx, Inside inside, Routes routes, BatchConfig config, RequestConfig request) {
        this.vertx = vertx;
        this.inside = inside;
        this.routes = routes;
        this.config = config;
        this.request = request;
    }

    @Override
    public Local local() {
        return Local.BATCH;
    }

    @Override
    public void answer(Exchange exchange) {
        String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && !type.regionMatches(true, 0, "application/json", 0, 16)) {
            exchange.refuse(Problem.UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        new WholeBody(vertx, exchange, request.bodyTimeout().toMillis())
                .read()
                .compose(body -> read(body))
                .onSuccess(reading -> begin(exchange, reading))
                .onFailure(failure -> refuse(exchange, failure));
    }

    Vertx vertx() {
        return vertx;
    }

    Inside inside() {
        return inside;
    }

    BatchConfig config() {
        return config;
    }

    /** On this event loop if that takes no time. */
    <T> Future<T> work(int bytes, Callable<T> work) {
        if (bytes > QUICK) {
            return vertx.executeBlocking(work, false);
        }
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Reading> read(Buffer body) {
        return work(body.length(), () -> {
            Reading reading = new Reading(this::isBatch, request.maxUri());
            reading.read(body);
            return reading;
        });
    }

    private void begin(Exchange exchange, Reading reading) {
        if (reading.errors().isEmpty()) {
            new Batch(this, exchange, reading.parts()).start();
        } else {
            exchange.refuse(Problem.INVALID_REQUEST, reading.errors());
        }
    }

    private static void refuse(Exchange exchange, Throwable failure) {
        if (failure instanceof DecodeException) {
            exchange.refuse(Problem.INVALID_JSON);
        } else if (failure instanceof BodyRefused refused) {
            exchange.refuse(refused.problem());
        } else {
            exchange.finish(Outcome.ABORTED);
        }
    }

    private boolean isBatch(String uri) {
        Route route = routes.table().find(RequestPath.of(uri));
        return route != null && route.target() instanceof Here here && here.local() == Local.BATCH;
    }
}
