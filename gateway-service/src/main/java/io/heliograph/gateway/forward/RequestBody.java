package io.heliograph.gateway.forward;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Carries the body of a request to the service, no faster than the service takes it and no more than the limit. */
final class RequestBody {

    private final HttpServerRequest from;
    private final HttpClientRequest to;
    private final Watch watch;
    private final long limit;
    private long passed;
    private boolean waitsForService;
    private boolean complete;

    RequestBody(HttpServerRequest from, HttpClientRequest to, Watch watch, long limit) {
        this.from = from;
        this.to = to;
        this.watch = watch;
        this.limit = limit;
    }

    /** Sends head and body. {@code tooLarge} is called if the body turns out to be over the limit. */
    void send(long length, Runnable tooLarge) {
        if (length == 0) {
            skip();
            to.end();
            return;
        }
        if (length > 0) {
            to.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        } else {
            to.setChunked(true);
        }
        from.endHandler(end -> end());
        from.handler(chunk -> pass(chunk, tooLarge));
        if ("100-continue".equalsIgnoreCase(from.getHeader(HttpHeaders.EXPECT))) {
            from.response().writeContinue();
        }
        from.resume();
    }

    /** There is none to send: the head is sent otherwise. */
    void skip() {
        complete = true;
        from.resume();
    }

    boolean isComplete() {
        return complete;
    }

    /** Whether it is the client's turn to send something. */
    boolean waitsForClient() {
        return !complete && !waitsForService;
    }

    /** No more of it is wanted. */
    void stop() {
        if (!complete) {
            complete = true;
            from.handler(chunk -> {});
        }
    }

    private void pass(Buffer chunk, Runnable tooLarge) {
        watch.moved();
        passed += chunk.length();
        if (passed > limit) {
            tooLarge.run();
            return;
        }
        to.write(chunk);
        if (to.writeQueueFull()) {
            waitsForService = true;
            from.pause();
            to.drainHandler(drained -> {
                waitsForService = false;
                watch.moved();
                from.resume();
            });
        }
    }

    private void end() {
        if (!complete) {
            complete = true;
            watch.moved();
            to.end();
        }
    }
}
