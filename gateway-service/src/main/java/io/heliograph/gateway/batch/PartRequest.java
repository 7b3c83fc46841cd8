package io.heliograph.gateway.batch;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;

/** One part under way: asked of the gateway itself, as its caller would ask alone. It ends once. */
final class PartRequest {

    private final BatchHandler handler;
    private final BatchExecution batch;
    private final Exchange exchange;
    private final int index;
    private final Buffer body = Buffer.buffer();
    private HttpClientRequest request;
    private boolean ended;

    PartRequest(BatchHandler handler, BatchExecution batch, Exchange exchange, int place) {
        this.handler = handler;
        this.batch = batch;
        this.exchange = exchange;
        this.index = place;
    }

    int index() {
        return index;
    }

    void send(BatchPart part) {
        handler.internalClient()
                .request(exchange, part.method(), part.path())
                .onSuccess(opened -> send(part, opened))
                .onFailure(this::failed);
    }

    /** Nobody waits for it any more. */
    void cancel() {
        ended = true;
        if (request != null) {
            request.reset();
        }
    }

    private void send(BatchPart part, HttpClientRequest opened) {
        request = opened;
        if (ended) {
            request.reset();
            return;
        }
        request.exceptionHandler(this::failed);
        request.response().onSuccess(this::receive).onFailure(this::failed);
        request.putHeader("X-Request-Id", batch.requestId(index)).putHeader(HttpHeaders.ACCEPT, "application/json");
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
            fail(Problem.NOT_ACCEPTABLE);
            return;
        }
        response.handler(this::add);
        response.endHandler(end -> {
            if (!ended) {
                ended = true;
                WorkerOffload.run(
                                handler.vertx(),
                                body.length(),
                                () -> PartResponse.of(response.statusCode(), type, body))
                        .otherwise(defect -> PartResponse.of(Problem.INTERNAL_ERROR, batch.requestId(index)))
                        .onSuccess(part -> batch.onResponse(this, part));
            }
        });
    }

    private void add(Buffer chunk) {
        if (ended) {
            return;
        }
        if (batch.reserve(chunk.length())) {
            body.appendBuffer(chunk);
        } else {
            batch.release(body.length());
            fail(Problem.ANSWER_TOO_LARGE);
        }
    }

    private void failed(Throwable failure) {
        if (!ended) {
            boolean busy = failure instanceof ConnectionPoolTooBusyException;
            fail(busy ? Problem.OVERLOADED : Problem.UPSTREAM_FAILED);
        }
    }

    private void fail(Problem problem) {
        cancel();
        batch.onResponse(this, PartResponse.of(problem, batch.requestId(index)));
    }
}
