package io.heliograph.gateway.upstream.client;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Records the events of a request, each as a future. */
public final class RecordingListener implements UpstreamRequest.Listener {

    private final CompletableFuture<UpstreamRequest> onConnected = new CompletableFuture<>();
    private final CompletableFuture<UpstreamResponse> onResponse = new CompletableFuture<>();
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final AtomicInteger answers = new AtomicInteger();

    /** The request once it has a connection; fails with the reason if it gets none. */
    public CompletableFuture<UpstreamRequest> onConnected() {
        return onConnected;
    }

    /** The response head; fails if there is none. */
    public CompletableFuture<UpstreamResponse> onResponse() {
        return onResponse;
    }

    /** The complete body; fails if it is incomplete. */
    public CompletableFuture<String> body() {
        return body;
    }

    /** The number of reported defects. */
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
