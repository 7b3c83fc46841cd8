package io.heliograph.gateway.batch;

import io.heliograph.gateway.batch.BatchParser.BatchPart;
import io.heliograph.gateway.batch.PartRequest.PartResponse;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.task.Task;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Executes one batch, on the event loop of its exchange: at most {@link BatchConfig#concurrency} parts at a time. The
 * batch responds when its last part has completed.
 */
final class BatchExecution {

    private final Vertx vertx = Vertx.currentContext().owner();
    private final InternalClient client;
    private final BatchConfig config;
    private final Task task;
    private final Exchange exchange;
    private final List<BatchPart> parts;
    private final PartResponse[] responses;
    private final Set<PartRequest> open = new HashSet<>();
    private int next;
    private int completed;
    private long bytesLeft;
    private long timer;
    private boolean ended;

    /** Must be called on the event loop of the exchange. */
    BatchExecution(InternalClient client, BatchConfig config, Task task, Exchange exchange, List<BatchPart> parts) {
        this.client = client;
        this.config = config;
        this.task = task;
        this.exchange = exchange;
        this.parts = parts;
        this.responses = new PartResponse[parts.size()];
        this.bytesLeft = config.maxResponseSize().asLongValue();
    }

    void start() {
        exchange.response().exceptionHandler(gone -> onClientClosed());
        long life = exchange.route().timeouts().total() - exchange.elapsedNanos();
        timer = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(life)), late -> onTimeout());
        sendNext();
    }

    /** The request id of a part: that of the batch and the index of the part. */
    String requestId(int place) {
        String whole = exchange.requestId();
        // At most 128 characters with the index.
        return whole.substring(0, Math.min(whole.length(), 124)) + '-' + (place + 1);
    }

    /** Reserves bytes of the total response size; returns whether they were available. */
    boolean reserve(int bytes) {
        if (bytes > bytesLeft) {
            return false;
        }
        bytesLeft -= bytes;
        return true;
    }

    void release(int bytes) {
        bytesLeft += bytes;
    }

    /** A part has completed. */
    void onResponse(PartRequest request, PartResponse response) {
        if (ended || !open.remove(request)) {
            return;
        }
        responses[request.index()] = response;
        completed++;
        if (completed == parts.size()) {
            respond();
        } else {
            sendNext();
        }
    }

    private void sendNext() {
        while (!ended && open.size() < config.concurrency() && next < parts.size()) {
            PartRequest request = new PartRequest(vertx, client, this, exchange, next);
            open.add(request);
            request.send(parts.get(next++));
        }
    }

    private void onTimeout() {
        task.failed(Problem.BATCH_TIMEOUT.code());
        for (int place = 0; place < responses.length; place++) {
            if (responses[place] == null) {
                responses[place] = PartResponse.of(Problem.BATCH_TIMEOUT, requestId(place));
            }
        }
        respond();
        open.forEach(PartRequest::cancel);
    }

    /**
     * The client has disconnected: parts in flight complete, since a service may be processing them, and no further
     * part is sent.
     */
    private void onClientClosed() {
        if (!ended) {
            ended = true;
            vertx.cancelTimer(timer);
            task.failed(Outcome.ABORTED.label());
            exchange.finish(Outcome.ABORTED);
        }
    }

    private void respond() {
        ended = true;
        task.succeeded();
        vertx.cancelTimer(timer);
        Buffer body = Buffer.buffer("{\"responses\":[");
        for (int place = 0; place < responses.length; place++) {
            body.appendString(place == 0 ? "{\"id\":" : ",{\"id\":")
                    .appendString(Json.encode(parts.get(place).id()))
                    .appendString(",\"status\":")
                    .appendString(Integer.toString(responses[place].status()))
                    .appendString(",\"body\":")
                    .appendString(responses[place].json())
                    .appendString("}");
        }
        exchange.respond(200, "application/json", body.appendString("]}"));
    }
}
