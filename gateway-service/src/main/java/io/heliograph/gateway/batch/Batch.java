package io.heliograph.gateway.batch;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.task.Kind;
import io.heliograph.gateway.task.Task;
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
final class Batch {

    private final Batches batches;
    private final Exchange exchange;
    private final List<Part> parts;
    private final Answer[] answers;
    private final Set<Asking> open = new HashSet<>();
    private int next;
    private int answered;
    private long bytesLeft;
    private long timer;
    private Task task;
    private boolean over;

    Batch(Batches batches, Exchange exchange, List<Part> parts) {
        this.batches = batches;
        this.exchange = exchange;
        this.parts = parts;
        this.answers = new Answer[parts.size()];
        this.bytesLeft = batches.config().maxAnswers().asLongValue();
    }

    void start() {
        if (exchange.response().closed()) {
            exchange.finish(Outcome.ABORTED);
            return;
        }
        task = batches.tasks().begin(Kind.BATCH, parts.size() + " requests (" + exchange.requestId() + ")");
        exchange.response().exceptionHandler(gone -> clientLeft());
        long life = exchange.route().timeouts().total() - exchange.ageNanos();
        timer = batches.vertx().setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(life)), late -> expired());
        begin();
    }

    /** The name of one part in logs and at the services: that of the whole, and its place. */
    String requestId(int place) {
        String whole = exchange.requestId();
        // Of 128 characters at most, which leave room for the place.
        return whole.substring(0, Math.min(whole.length(), 124)) + '-' + (place + 1);
    }

    /** Takes so many bytes out of what the answers may have together. Whether there were as many. */
    boolean take(int bytes) {
        if (bytes > bytesLeft) {
            return false;
        }
        bytesLeft -= bytes;
        return true;
    }

    void giveBack(int bytes) {
        bytesLeft += bytes;
    }

    /** A part has ended. */
    void answered(Asking asking, Answer answer) {
        if (over || !open.remove(asking)) {
            return;
        }
        answers[asking.place()] = answer;
        answered++;
        if (answered == parts.size()) {
            reply();
        } else {
            begin();
        }
    }

    private void begin() {
        while (!over && open.size() < batches.config().concurrency() && next < parts.size()) {
            Asking asking = new Asking(batches, this, exchange, next);
            open.add(asking);
            asking.ask(parts.get(next++));
        }
    }

    private void expired() {
        task.failed(Problem.BATCH_TIMEOUT.code());
        for (int place = 0; place < answers.length; place++) {
            if (answers[place] == null) {
                answers[place] = Answer.of(Problem.BATCH_TIMEOUT, requestId(place));
            }
        }
        reply();
        open.forEach(Asking::stop);
    }

    /** What has begun goes on, since a service may be in the midst of it; nothing more begins. */
    private void clientLeft() {
        if (!over) {
            over = true;
            batches.vertx().cancelTimer(timer);
            task.failed(Outcome.ABORTED.label());
            exchange.finish(Outcome.ABORTED);
        }
    }

    private void reply() {
        over = true;
        task.succeeded();
        batches.vertx().cancelTimer(timer);
        Buffer body = Buffer.buffer("{\"responses\":[");
        for (int place = 0; place < answers.length; place++) {
            body.appendString(place == 0 ? "{\"id\":" : ",{\"id\":")
                    .appendString(Json.encode(parts.get(place).id()))
                    .appendString(",\"status\":")
                    .appendString(Integer.toString(answers[place].status()))
                    .appendString(",\"body\":")
                    .appendString(answers[place].json())
                    .appendString("}");
        }
        exchange.add("Cache-Control", "no-store");
        exchange.answer(200, "application/json", body.appendString("]}"));
    }
}
