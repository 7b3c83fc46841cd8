package io.heliograph.gateway.upstream.client;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Hears what becomes of a request for a test, which may wait for each part of it. */
public final class Hearer implements Request.Listener {

    private final CompletableFuture<Request> opened = new CompletableFuture<>();
    private final CompletableFuture<Answer> answered = new CompletableFuture<>();
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final AtomicInteger answers = new AtomicInteger();

    /** The request once it has a connection; fails with the reason if it gets none. */
    public CompletableFuture<Request> opened() {
        return opened;
    }

    /** The head of the answer; fails if there comes none. */
    public CompletableFuture<Answer> answered() {
        return answered;
    }

    /** The whole body, which is read as it comes; fails if it breaks off. */
    public CompletableFuture<String> body() {
        return body;
    }

    /** How many have been told. */
    int answers() {
        return answers.get();
    }

    @Override
    public void opened(Request request) {
        opened.complete(request);
    }

    @Override
    public void unopened(Throwable cause) {
        opened.completeExceptionally(cause);
        broke(cause);
    }

    @Override
    public void answered(Answer answer) {
        answers.incrementAndGet();
        answered.complete(answer);
        Buffer read = Buffer.buffer();
        answer.read(read::appendBuffer, () -> body.complete(read.toString()));
    }

    @Override
    public void broke(Throwable cause) {
        answered.completeExceptionally(cause);
        body.completeExceptionally(cause);
    }
}
