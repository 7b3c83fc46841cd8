package io.heliograph.gateway.batch;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;

/** One part under way: asked of the gateway itself, as its caller would ask alone. It ends once. */
final class Asking {

    private final Batches batches;
    private final Batch batch;
    private final Exchange exchange;
    private final int place;
    private final Buffer body = Buffer.buffer();
    private HttpClientRequest request;
    private boolean over;

    Asking(Batches batches, Batch batch, Exchange exchange, int place) {
        this.batches = batches;
        this.batch = batch;
        this.exchange = exchange;
        this.place = place;
    }

    int place() {
        return place;
    }

    void ask(Part part) {
        batches.inside()
                .request(exchange, part.method(), part.path())
                .onSuccess(opened -> send(part, opened))
                .onFailure(this::failed);
    }

    /** Nobody waits for it any more. */
    void stop() {
        over = true;
        if (request != null) {
            request.reset();
        }
    }

    private void send(Part part, HttpClientRequest opened) {
        request = opened;
        if (over) {
            request.reset();
            return;
        }
        request.exceptionHandler(this::failed);
        request.response().onSuccess(this::receive).onFailure(this::failed);
        request.putHeader("X-Request-Id", batch.requestId(place)).putHeader(HttpHeaders.ACCEPT, "application/json");
        if (part.body() == null) {
            request.end();
        } else {
            request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(part.body());
        }
    }

    private void receive(HttpClientResponse response) {
        response.exceptionHandler(this::failed);
        String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.startsWith("text/event-stream")) {
            giveUp(Problem.NOT_ACCEPTABLE);
            return;
        }
        response.handler(this::add);
        response.endHandler(end -> {
            if (!over) {
                over = true;
                Bulk.work(batches.vertx(), body.length(), () -> Answer.of(response.statusCode(), type, body))
                        .otherwise(defect -> Answer.of(Problem.INTERNAL_ERROR, batch.requestId(place)))
                        .onSuccess(answer -> batch.answered(this, answer));
            }
        });
    }

    private void add(Buffer chunk) {
        if (over) {
            return;
        }
        if (batch.take(chunk.length())) {
            body.appendBuffer(chunk);
        } else {
            batch.giveBack(body.length());
            giveUp(Problem.ANSWER_TOO_LARGE);
        }
    }

    private void failed(Throwable failure) {
        if (!over) {
            boolean busy = failure instanceof ConnectionPoolTooBusyException;
            giveUp(busy ? Problem.OVERLOADED : Problem.UPSTREAM_FAILED);
        }
    }

    private void giveUp(Problem problem) {
        stop();
        batch.answered(this, Answer.of(problem, batch.requestId(place)));
    }
}
