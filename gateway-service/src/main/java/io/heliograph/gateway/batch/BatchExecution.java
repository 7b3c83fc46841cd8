package io.heliograph.gateway.batch;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.task.Task;
import io.heliograph.gateway.task.TaskKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One batch under way, on the event loop of its exchange. So many parts at once as are allowed; each one that ends lets
 * the next begin, and the last one ends the batch.
 */
final class BatchExecution {

    private final BatchHandler handler;
    private final Exchange exchange;
    private final List<BatchPart> parts;
    private final PartResponse[] responses;
    private final Set<PartRequest> open = new HashSet<>();
    private int next;
    private int onResponse;
    private long bytesLeft;
    private long timer;
    private Task task;
    private boolean ended;

    BatchExecution(BatchHandler handler, Exchange exchange, List<BatchPart> parts) {
        this.handler = handler;
        this.exchange = exchange;
        this.parts = parts;
        this.responses = new PartResponse[parts.size()];
        this.bytesLeft = handler.config().maxResponseSize().asLongValue();
    }

    void start() {
        if (exchange.response().closed()) {
            exchange.finish(Outcome.ABORTED);
            return;
        }
        task = handler.tasks().begin(TaskKind.BATCH, parts.size() + " requests (" + exchange.requestId() + ")");
        exchange.response().exceptionHandler(gone -> onClientClosed());
        long life = exchange.route().timeouts().total() - exchange.elapsedNanos();
        timer = handler.vertx().setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(life)), late -> onTimeout());
        sendNext();
    }

    /** The name of one part in logs and at the services: that of the whole, and its place. */
    String requestId(int place) {
        String whole = exchange.requestId();
        // Of 128 characters at most, which leave room for the place.
        return whole.substring(0, Math.min(whole.length(), 124)) + '-' + (place + 1);
    }

    /** Takes so many bytes out of what the answers may have together. Whether there were as many. */
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

    /** A part has ended. */
    void onResponse(PartRequest request, PartResponse response) {
        if (ended || !open.remove(request)) {
            return;
        }
        responses[request.index()] = response;
        onResponse++;
        if (onResponse == parts.size()) {
            respond();
        } else {
            sendNext();
        }
    }

    private void sendNext() {
        while (!ended && open.size() < handler.config().concurrency() && next < parts.size()) {
            PartRequest request = new PartRequest(handler, this, exchange, next);
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

    /** What has begun goes on, since a service may be in the midst of it; nothing more begins. */
    private void onClientClosed() {
        if (!ended) {
            ended = true;
            handler.vertx().cancelTimer(timer);
            task.failed(Outcome.ABORTED.label());
            exchange.finish(Outcome.ABORTED);
        }
    }

    private void respond() {
        ended = true;
        task.succeeded();
        handler.vertx().cancelTimer(timer);
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
        exchange.setHeader("Cache-Control", "no-store");
        exchange.respond(200, "application/json", body.appendString("]}"));
    }
}
