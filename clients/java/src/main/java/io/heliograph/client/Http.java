package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls over HTTP, which are repeated if that is safe and useful. */
final class Http {

    /** More concurrent calls than any program without a defect has. */
    static final int MAX_CALLS = 1_000;

    private final ClientContext context;
    private final HttpSender sender;
    private final BackoffSettings backoff;
    private final AtomicInteger underWay = new AtomicInteger();

    Http(ClientContext context, HttpSender sender, BackoffSettings backoff) {
        this.context = context;
        this.sender = sender;
        this.backoff = backoff;
    }

    /**
     * The response as JSON, missing if it has no body. Transient failures are retried. Cancelling the future cancels
     * the call.
     */
    CompletableFuture<JsonNode> call(ApiCall call, Authorization authorization) {
        if (underWay.incrementAndGet() > MAX_CALLS) {
            underWay.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new HeliographException("too_many_calls", MAX_CALLS + " calls are under way."));
        }
        CompletableFuture<JsonNode> answer = new HttpCall(sender, context, call, authorization, backoff).start();
        answer.whenComplete((json, failure) -> underWay.decrementAndGet());
        return answer;
    }
}
