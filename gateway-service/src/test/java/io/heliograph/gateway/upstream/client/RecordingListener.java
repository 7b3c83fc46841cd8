package io.heliograph.gateway.upstream.client;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Hears what becomes of a request for a test, which may wait for each part of it. */
public final class RecordingListener implements UpstreamRequest.Listener {

    private final CompletableFuture<UpstreamRequest> onConnected = new CompletableFuture<>();
    private final CompletableFuture<UpstreamResponse> onResponse = new CompletableFuture<>();
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final AtomicInteger answers = new AtomicInteger();

    /** The request once it has a connection; fails with the reason if it gets none. */
    public CompletableFuture<UpstreamRequest> onConnected() {
        return onConnected;
    }

    /** The head of the answer; fails if there comes none. */
    public CompletableFuture<UpstreamResponse> onResponse() {
        return onResponse;
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
    public void onConnected(UpstreamRequest request) {
        onConnected.complete(request);
    }

    @Override
    public void onConnectFailure(Throwable cause) {
        onConnected.completeExceptionally(cause);
        onFailure(cause);
    }

    @Override
    public void onResponse(UpstreamResponse response) {
        answers.incrementAndGet();
        onResponse.complete(response);
        Buffer read = Buffer.buffer();
        response.read(read::appendBuffer, () -> body.complete(read.toString()));
    }

    @Override
    public void onFailure(Throwable cause) {
        onResponse.completeExceptionally(cause);
        body.completeExceptionally(cause);
    }
}
