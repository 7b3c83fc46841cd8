package io.heliograph.gateway.batch;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.LocalTarget;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.routing.Local;
import io.heliograph.gateway.task.Tasks;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.json.DecodeException;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Answers many requests as one: each takes the way that it would take alone, and all go side by side. */
@Singleton
final class Batches implements LocalTarget {

    private final Vertx vertx;
    private final Inside inside;
    private final Tasks tasks;
    private final Reader reader;
    private final BatchConfig config;

    Batches(Vertx vertx, Inside inside, Tasks tasks, Reader reader, BatchConfig config) {
        this.vertx = vertx;
        this.inside = inside;
        this.tasks = tasks;
        this.reader = reader;
        this.config = config;
    }

    @Override
    public Local local() {
        return Local.BATCH;
    }

    @Override
    public void answer(Exchange exchange) {
        reader.read(exchange)
                .onSuccess(reading -> begin(exchange, reading))
                .onFailure(failure -> refuse(exchange, failure));
    }

    Vertx vertx() {
        return vertx;
    }

    Inside inside() {
        return inside;
    }

    Tasks tasks() {
        return tasks;
    }

    BatchConfig config() {
        return config;
    }

    private void begin(Exchange exchange, Reading reading) {
        try {
            start(exchange, reading);
        } catch (RuntimeException e) {
            exchange.crash(e);
        }
    }

    private void start(Exchange exchange, Reading reading) {
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
        } else if (exchange.response().closed()
                || failure instanceof VertxException
                || failure instanceof IOException) {
            // The client is gone.
            exchange.finish(Outcome.ABORTED);
        } else {
            exchange.crash(failure instanceof RuntimeException defect ? defect : new IllegalStateException(failure));
        }
    }
}
