package io.heliograph.gateway.forward;

import io.heliograph.gateway.exchange.BodyLength;
import io.heliograph.gateway.http1.Request;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the body of a request to the service, no faster than the service takes it and no more than the limit. While
 * it is small, what has passed is kept for another attempt.
 */
final class RequestBody {

    /** More than the JSON of nearly any call; times the requests in flight, it is what the gateway may come to hold. */
    private static final int KEPT = 64 * 1024;

    private final HttpServerRequest from;
    private final Watch watch;
    private final long limit;
    private final Runnable tooLarge;
    private final long length;

    private Request to;
    /** Null once it has become too much. */
    private List<Buffer> kept = List.of();

    private long passed;
    private boolean begun;
    private boolean ended;
    private boolean waitsForService;

    /** @param tooLarge is called if the body turns out to be over the limit */
    RequestBody(HttpServerRequest from, Watch watch, long limit, Runnable tooLarge) {
        this.from = from;
        this.watch = watch;
        this.limit = limit;
        this.tooLarge = tooLarge;
        this.length = BodyLength.of(from);
    }

    /** Sends head and body, all that there is of it. */
    void send(Request request) {
        to = request;
        if (length == 0) {
            skip();
            to.end();
            return;
        }
        if (length > 0) {
            to.headers().set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        } else {
            to.chunked();
        }
        if (begun) {
            resend();
        } else {
            begin();
        }
    }

    /** There is none to send: the head is sent otherwise. */
    void skip() {
        // Once only: over HTTP/2, what has ended cannot be resumed.
        if (!ended) {
            ended = true;
            from.resume();
        }
    }

    /** Nobody takes it at the moment. */
    void hold() {
        to = null;
        waitsForService = false;
        if (!ended) {
            from.pause();
        }
    }

    /** No more of it is wanted. */
    void stop() {
        to = null;
        waitsForService = false;
    }

    /** Whether all of it has come. */
    boolean isComplete() {
        return ended;
    }

    boolean canSendAgain() {
        return kept != null;
    }

    /** Whether it is the client's turn to send something. */
    boolean waitsForClient() {
        return begun && !ended && !waitsForService;
    }

    private void begin() {
        begun = true;
        kept = new ArrayList<>(1);
        from.endHandler(end -> end());
        from.handler(this::pass);
        // HTTP/1.0 has no interim answers: it would be taken for the answer.
        if (from.version() != HttpVersion.HTTP_1_0
                && "100-continue".equalsIgnoreCase(from.getHeader(HttpHeaders.EXPECT))) {
            from.response().writeContinue();
        }
        from.resume();
    }

    private void resend() {
        for (Buffer chunk : kept) {
            write(chunk);
        }
        if (ended) {
            to.end();
        } else if (!waitsForService) {
            from.resume();
        }
    }

    private void pass(Buffer chunk) {
        if (to == null) {
            return;
        }
        watch.moved();
        passed += chunk.length();
        if (passed > limit) {
            tooLarge.run();
            return;
        }
        keep(chunk);
        write(chunk);
    }

    private void keep(Buffer chunk) {
        if (passed > KEPT) {
            kept = null;
        } else if (kept != null) {
            kept.add(chunk);
        }
    }

    private void write(Buffer chunk) {
        Request target = to;
        target.write(chunk);
        if (!ended && !waitsForService && target.isFull()) {
            waitsForService = true;
            from.pause();
            target.onDrained(() -> drained(target));
        }
    }

    private void drained(Request target) {
        if (target == to && waitsForService) {
            waitsForService = false;
            watch.moved();
            from.resume();
        }
    }

    private void end() {
        ended = true;
        if (to != null) {
            watch.moved();
            to.end();
        }
    }
}
