package io.heliograph.gateway.pipeline;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/**
 * Writes bodies that are shared by many responses, with back-pressure: a chunk is copied when it is written, so a
 * client that does not read keeps little in memory.
 */
public final class ChunkedWriter {

    /** Bytes that are written at a time. */
    private static final int CHUNK = 64 * 1024;

    private ChunkedWriter() {}

    /**
     * Ends a response whose head has been prepared.
     *
     * @param done is called once, with whether the whole response has been written
     */
    public static void end(HttpServerResponse response, Buffer body, Consumer<Boolean> done) {
        if (body.length() <= CHUNK) {
            response.end(body);
            done.accept(true);
        } else {
            Consumer<Boolean> once = once(done);
            response.exceptionHandler(failure -> once.accept(false));
            writeFrom(response, body, 0, once);
        }
    }

    private static Consumer<Boolean> once(Consumer<Boolean> done) {
        boolean[] called = new boolean[1];
        return complete -> {
            if (!called[0]) {
                called[0] = true;
                done.accept(complete);
            }
        };
    }

    private static void writeFrom(HttpServerResponse response, Buffer body, int start, Consumer<Boolean> done) {
        int at = start;
        while (!response.closed()) {
            int end = Math.min(body.length(), at + CHUNK);
            Buffer piece = body.slice(at, end);
            if (end == body.length()) {
                response.end(piece);
                done.accept(true);
                return;
            }
            response.write(piece);
            at = end;
            if (response.writeQueueFull()) {
                int next = end;
                response.drainHandler(drained -> writeFrom(response, body, next, done));
                return;
            }
        }
        done.accept(false);
    }
}
