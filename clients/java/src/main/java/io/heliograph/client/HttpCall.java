package io.heliograph.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A call with its repetitions. */
final class HttpCall {

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpSender sender;
    private final ClientContext context;
    private final ApiCall call;
    private final Authorization authorization;
    private final Backoff backoff;
    private final long end;
    private final CompletableFuture<JsonNode> result = new CompletableFuture<>();
    private CompletableFuture<?> attempt = CompletableFuture.completedFuture(null);
    private boolean isRenewed;

    HttpCall(
            HttpSender sender,
            ClientContext context,
            ApiCall call,
            Authorization authorization,
            BackoffSettings backoff) {
        this.sender = sender;
        this.context = context;
        this.call = call;
        this.authorization = authorization;
        this.backoff = new Backoff(backoff);
        this.end = context.now() + call.patience().toMillis();
    }

    CompletableFuture<JsonNode> start() {
        result.whenComplete((answer, failure) -> context.run(() -> attempt.cancel(true)));
        begin();
        return result;
    }

    private void begin() {
        context.whenDone(authorization.token(), (token, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (!result.isDone()) {
                send(token);
            }
        });
    }

    private void send(String token) {
        CompletableFuture<HttpResponse<String>> exchange;
        try {
            exchange = sender.send(call, token);
        } catch (RuntimeException failure) {
            result.completeExceptionally(failure);
            return;
        }
        attempt = exchange;
        // The timeout of the HTTP client does not include the body.
        ClientContext.Timer timer = context.schedule(call.attemptTimeout().toMillis(), () -> exchange.cancel(true));
        context.whenDone(exchange, (response, failure) -> {
            timer.cancel();
            if (failure != null) {
                failed(token, HeliographException.unreachable("The server cannot be reached.", failure));
            } else {
                answered(token, response);
            }
        });
    }

    private void answered(String token, HttpResponse<String> response) {
        try {
            result.complete(answer(response));
        } catch (HeliographException refusal) {
            failed(token, refusal);
        }
    }

    private void failed(String token, HeliographException failure) {
        int status = failure.status().orElse(0);
        if (result.isDone()) {
            return;
        }
        if (status == UNAUTHORIZED && token != null && !isRenewed) {
            isRenewed = true;
            context.whenDone(authorization.renew(token), (nothing, refusal) -> {
                if (refusal == null) {
                    begin();
                } else {
                    result.completeExceptionally(refusal);
                }
            });
            return;
        }
        // A request with a 429 had no effect.
        boolean again = failure.isTransient() && (call.isRepeatable() || status == TOO_MANY_REQUESTS);
        long wait = again ? backoff.next(failure) : 0;
        if (again && context.now() + wait <= end) {
            context.schedule(wait, this::begin);
        } else {
            result.completeExceptionally(failure);
        }
    }

    private static JsonNode answer(HttpResponse<String> response) {
        JsonNode json = parse(response.body());
        int status = response.statusCode();
        if (status / 100 == 2) {
            return json;
        }
        Duration retryAfter = RetryAfter.of(response.headers()).orElse(null);
        List<FieldError> errors =
                json.path("errors").isArray() ? List.of(Json.read(json.get("errors"), FieldError[].class)) : List.of();
        throw new HeliographException(
                json.path("code").asText("status_" + status),
                json.path("detail").asText(json.path("title").asText("Status " + status)),
                new HeliographException.Details(
                        status, retryAfter, errors, json.path("requestId").asText(null)),
                null);
    }

    private static JsonNode parse(String text) {
        try {
            return text.isEmpty() ? MissingNode.getInstance() : Json.parse(text);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }
}
