package io.heliograph.message.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heliograph.message.egress.Destination;
import io.heliograph.message.egress.EgressClient;
import io.heliograph.message.egress.EgressException;
import io.heliograph.message.egress.EgressException.Reason;
import io.heliograph.message.egress.EgressPolicy;
import io.heliograph.message.egress.SystemHostResolver;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Posts events to endpoints, signed as Standard Webhooks, by the rules of {@link EgressClient}. Redirects are not
 * followed. Of a response only the status counts; a bounded part of its body is read so that the connection can be
 * reused.
 */
@Singleton
final class WebhookClient {

    private static final int MAX_HEADERS = 16_384;
    /** The keep-alive of an idle connection: less than the usual timeout of servers. */
    private static final int KEEP_ALIVE_SECONDS = 5;

    private static final int LOOKUPS = 20;
    private static final int GONE = 410;
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    private final WebhookConfig config;
    private final SystemHostResolver resolver;
    private final EgressClient client;

    @Inject
    WebhookClient(Vertx vertx, WebhookConfig config, EgressPolicy egress) {
        this.config = config;
        this.resolver = new SystemHostResolver(vertx, "webhook-lookup", LOOKUPS);
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxPoolSize(Math.max(1, config.maxConcurrent()) * config.maxRequestsPerWebhook())
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxHeaderSize(MAX_HEADERS)
                .setDecompressionSupported(false);
        this.client = new EgressClient(
                vertx.httpClientBuilder()
                        .with(options)
                        // Errors of a server are not logged: each request reports its own failure.
                        .withConnectHandler(connection -> connection.exceptionHandler(failure -> {}))
                        .build(),
                resolver,
                egress);
    }

    /** Fails with an {@link EgressException} if the host has a forbidden address; an unknown host is accepted. */
    Future<Void> check(Destination to) {
        return client.addresses(to)
                .<Void>mapEmpty()
                .recover(failure -> failure instanceof EgressException egress && egress.reason() == Reason.REFUSED
                        ? Future.failedFuture(egress)
                        : Future.succeededFuture());
    }

    /** Posts one request with the event, or with an array of all events. Never fails. */
    Future<PostResult> post(String url, List<WebhookSecret> secrets, List<WebhookEvent> events, boolean batch) {
        byte[] body = batch ? array(events) : events.get(0).json();
        String id = batch ? batchId(events) : events.get(0).id();
        Instant at = Instant.now();
        long seconds = at.getEpochSecond();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.USER_AGENT, "Heliograph-Webhook/1.0")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(seconds))
                .putHeader(
                        "webhook-signature",
                        secrets.stream()
                                .map(secret -> secret.sign(id, seconds, body))
                                .collect(Collectors.joining(" ")));
        long start = System.nanoTime();
        return send(url, options, Buffer.buffer(body))
                .map(response -> result(id, at, start, response))
                .otherwise(failure -> new PostResult(id, at, outcome(failure), null, millis(start), Duration.ZERO));
    }

    private Future<HttpClientResponse> send(String url, RequestOptions options, Buffer body) {
        Promise<HttpClientResponse> answered = Promise.promise();
        long millis = config.timeout().toMillis();
        open(url, options, answered)
                .compose(request -> {
                    answered.future().onFailure(late -> request.reset());
                    return request.send(body);
                })
                .onSuccess(response -> {
                    if (answered.tryComplete(response)) {
                        discard(response);
                    }
                })
                .onFailure(answered::tryFail);
        return answered.future().timeout(millis, TimeUnit.MILLISECONDS).onFailure(answered::tryFail);
    }

    private Future<HttpClientRequest> open(String url, RequestOptions options, Promise<?> answered) {
        try {
            return client.open(
                    Destination.of(url), options, () -> answered.future().isComplete());
        } catch (EgressException refused) {
            return Future.failedFuture(refused);
        }
    }

    /** Reads the rest of a short response; closes the connection of a long or slow one. */
    private void discard(HttpClientResponse response) {
        long[] left = {config.maxResponse().asLongValue()};
        response.exceptionHandler(broken -> {});
        response.handler(chunk -> {
            left[0] -= chunk.length();
            if (left[0] < 0) {
                response.request().reset();
            }
        });
        response.end()
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(slow -> response.request().reset());
    }

    private static PostResult result(String id, Instant at, long start, HttpClientResponse response) {
        int status = response.statusCode();
        DeliveryOutcome outcome = status / 100 == 2
                ? DeliveryOutcome.DELIVERED
                : status == GONE ? DeliveryOutcome.GONE : DeliveryOutcome.REJECTED;
        return new PostResult(
                id, at, outcome, status, millis(start), retryAfter(response.getHeader(HttpHeaders.RETRY_AFTER)));
    }

    private static DeliveryOutcome outcome(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return DeliveryOutcome.TIMEOUT;
        }
        return failure instanceof EgressException egress && egress.reason() != Reason.UNREACHABLE
                ? DeliveryOutcome.REFUSED
                : DeliveryOutcome.UNREACHABLE;
    }

    /** In seconds; a date is ignored. */
    private static Duration retryAfter(String header) {
        if (header == null || !header.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(header));
        return wanted.compareTo(MAX_RETRY_AFTER) < 0 ? wanted : MAX_RETRY_AFTER;
    }

    private static byte[] array(List<WebhookEvent> events) {
        Buffer body = Buffer.buffer(
                events.stream().mapToInt(event -> event.json().length + 1).sum() + 1);
        body.appendByte((byte) '[');
        for (WebhookEvent event : events) {
            if (body.length() > 1) {
                body.appendByte((byte) ',');
            }
            body.appendBytes(event.json());
        }
        return body.appendByte((byte) ']').getBytes();
    }

    /** The same events always have the same id. */
    private static String batchId(List<WebhookEvent> events) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            events.forEach(event -> digest.update((event.id() + ' ').getBytes(UTF_8)));
            return "batch-" + HexFormat.of().formatHex(digest.digest()).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static long millis(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @PreDestroy
    void close() {
        resolver.close();
    }
}
