package io.heliograph.message.websocket;

import io.heliograph.message.delivery.OutboundQueue;
import io.heliograph.rest.problem.ExceptionClassifier;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;

/** Sends the replies to one client, until its socket is closed. Used only on the event loop of the socket. */
final class ResponseWriter {

    private final OutboundQueue out;
    private volatile boolean closed;

    ResponseWriter(OutboundQueue out) {
        this.out = out;
    }

    OutboundQueue out() {
        return out;
    }

    void send(byte[] frame) {
        out.send(frame);
    }

    void error(String request, Throwable failure) {
        ProblemException refusal = ExceptionClassifier.classify(failure);
        send(ServerFrames.error(request, refusal.code(), refusal.getMessage()));
    }

    /** Runs {@code next} on this event loop with the completed work, unless the socket is closed; then completes. */
    <T> Future<Void> await(Future<T> work, Consumer<Future<T>> next) {
        Promise<Void> replied = Promise.promise();
        work.onComplete(done -> out.loop().execute(() -> {
            try {
                if (!closed) {
                    next.accept(work);
                }
            } finally {
                replied.complete();
            }
        }));
        return replied.future();
    }

    /** Thread-safe. */
    boolean isClosed() {
        return closed;
    }

    /** After this, {@link #await} runs nothing. */
    void close() {
        closed = true;
    }
}
