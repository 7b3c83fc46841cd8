package io.heliograph.gateway.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.heliograph.gateway.batch.BatchParser.BatchPart;
import io.heliograph.gateway.batch.BatchReader.WorkerOffload;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import java.io.IOException;

/** One part of a batch in flight. It completes once. */
final class PartRequest {

    private final Vertx vertx;
    private final InternalClient client;
    private final BatchExecution batch;
    private final Exchange exchange;
    private final int index;
    private final Buffer body = Buffer.buffer();
    private HttpClientRequest request;
    private boolean ended;

    PartRequest(Vertx vertx, InternalClient client, BatchExecution batch, Exchange exchange, int index) {
        this.vertx = vertx;
        this.client = client;
        this.batch = batch;
        this.exchange = exchange;
        this.index = index;
    }

    int index() {
        return index;
    }

    void send(BatchPart part) {
        client.request(exchange, part.method(), part.path())
                .onSuccess(opened -> send(part, opened))
                .onFailure(this::failed);
    }

    /** Cancels the request, whose result is not needed any more. */
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
                WorkerOffload.run(vertx, body.length(), () -> PartResponse.of(response.statusCode(), type, body))
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

    /**
     * The response to one part.
     *
     * @param json the body as JSON: itself if it is JSON, a string if it is something else, {@code null} if there is
     *     none
     */
    record PartResponse(int status, String json) {

        private static final JsonFactory JSON = new JsonFactory();
        private static final String NOTHING = "null";

        static PartResponse of(Problem problem, String requestId) {
            return new PartResponse(problem.status(), problem.body(requestId).toString());
        }

        /**
         * The response of a service. A body is embedded as JSON only if it parses as JSON, since invalid JSON would
         * break the whole batch.
         */
        static PartResponse of(int status, String contentType, Buffer body) {
            String text = body.toString();
            if (text.isEmpty()) {
                return new PartResponse(status, NOTHING);
            }
            return new PartResponse(status, isJson(contentType) && isCompleteValue(text) ? text : Json.encode(text));
        }

        private static boolean isJson(String contentType) {
            if (contentType == null) {
                return false;
            }
            int end = contentType.indexOf(';');
            String type = (end < 0 ? contentType : contentType.substring(0, end)).trim();
            return type.equalsIgnoreCase("application/json")
                    || type.regionMatches(true, Math.max(0, type.length() - 5), "+json", 0, 5);
        }

        /** Whether the text is exactly one JSON value. */
        private static boolean isCompleteValue(String text) {
            try (JsonParser parser = JSON.createParser(text)) {
                if (parser.nextToken() == null) {
                    return false;
                }
                parser.skipChildren();
                return parser.nextToken() == null;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
