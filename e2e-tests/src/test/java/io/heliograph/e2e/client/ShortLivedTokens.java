package io.heliograph.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heliograph.testsupport.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** Tokens whose lifetime appears shorter to the client, with lost renewals if configured. */
final class ShortLivedTokens {

    /**
     * A sign-in or a renewal that the server did.
     *
     * @param sent the refresh token that was spent; empty at a sign-in
     */
    record Call(long atMillis, boolean isRefresh, String sent, JsonNode pair) {

        String refreshToken() {
            return pair.get("refreshToken").textValue();
        }
    }

    private final long seconds;
    private final IntPredicate isLost;
    private final AtomicInteger refreshes = new AtomicInteger();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    private ShortLivedTokens(long seconds, IntPredicate isLost) {
        this.seconds = seconds;
        this.isLost = isLost;
    }

    static ShortLivedTokens of(long seconds) {
        return new ShortLivedTokens(seconds, number -> false);
    }

    /** Tokens of which the answers to the first renewals are lost. */
    static ShortLivedTokens losing(long seconds, int first) {
        return new ShortLivedTokens(seconds, number -> number <= first);
    }

    HttpClient http() {
        return new InterceptedHttpClient(this::intercept);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<Call> refreshes() {
        return calls.stream().filter(Call::isRefresh).toList();
    }

    private String intercept(HttpRequest request, HttpResponse<String> response) throws IOException {
        String path = request.uri().getPath();
        boolean isRefresh = path.endsWith("/auth/refresh");
        if (!(isRefresh || path.endsWith("/auth/login")) || response.statusCode() != 200) {
            return response.body();
        }
        ObjectNode pair = (ObjectNode) Json.parse(response.body());
        String sent = Json.parse(body(request)).path("refreshToken").asText();
        calls.add(new Call(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), isRefresh, sent, pair.deepCopy()));
        if (isRefresh && isLost.test(refreshes.incrementAndGet())) {
            throw new IOException("the answer was lost");
        }
        return pair.put("expiresIn", seconds).toString();
    }

    private static String body(HttpRequest request) {
        HttpResponse.BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
        request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                text.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                text.onNext(List.of(bytes));
            }

            @Override
            public void onError(Throwable failure) {
                text.onError(failure);
            }

            @Override
            public void onComplete() {
                text.onComplete();
            }
        });
        return text.getBody().toCompletableFuture().join();
    }
}
