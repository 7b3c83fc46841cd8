package io.heliograph.gateway.forward;

import io.heliograph.gateway.exchange.BodyLength;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.ExchangeMetrics;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.route.RequestConfig;
import io.heliograph.gateway.upstream.Instance;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeoutException;

/** The last step: carries the request to an instance of its upstream and the answer back. */
@Singleton
public final class Forwarding implements Step {

    private final Vertx vertx;
    private final ExchangeMetrics metrics;
    private final int maxHeaders;
    private final long bodyNanos;

    public Forwarding(Vertx vertx, ExchangeMetrics metrics, RequestConfig config) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.maxHeaders = config.maxHeaders();
        this.bodyNanos = config.bodyTimeout().toNanos();
    }

    @Override
    public void take(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (Headers.exceed(request.headers(), maxHeaders)) {
            exchange.refuse(Problem.HEADERS_TOO_LARGE);
        } else if (BodyLength.of(request) > exchange.route().maxBody()) {
            exchange.refuse(Problem.BODY_TOO_LARGE);
        } else {
            connect(exchange, null);
        }
    }

    Vertx vertx() {
        return vertx;
    }

    ExchangeMetrics metrics() {
        return metrics;
    }

    long bodyNanos() {
        return bodyNanos;
    }

    /** Tries once more, elsewhere if there is an elsewhere; nothing of the exchange may have been spent yet. */
    void retry(Exchange exchange, Instance failed) {
        connect(exchange, failed);
    }

    /** @param failed the instance of the first attempt; null if this is the first */
    private void connect(Exchange exchange, Instance failed) {
        Instance instance = exchange.route().upstream().pick(failed);
        String uri = exchange.route().forwarded(exchange.request().uri());
        boolean first = failed == null;
        if (isWebSocket(exchange.request())) {
            instance.upgrade(uri)
                    .onSuccess(request -> new Transfer(this, exchange, instance, request).upgrade(first))
                    .onFailure(failure -> unconnected(exchange, instance, failure, first));
        } else {
            instance.request(exchange.method(), uri)
                    .onSuccess(request -> new Transfer(this, exchange, instance, request).send(first))
                    .onFailure(failure -> unconnected(exchange, instance, failure, first));
        }
    }

    /** Nothing has been sent, so that any request may be tried again, whatever its method. */
    private void unconnected(Exchange exchange, Instance instance, Throwable failure, boolean mayRetry) {
        if (failure instanceof ConnectionPoolTooBusyException || failure instanceof TimeoutException) {
            exchange.refuse(Problem.OVERLOADED);
            return;
        }
        instance.rest();
        if (mayRetry) {
            retry(exchange, instance);
        } else {
            exchange.refuse(Problem.UPSTREAM_UNREACHABLE);
        }
    }

    private static boolean isWebSocket(HttpServerRequest request) {
        return HttpMethod.GET.equals(request.method())
                && request.version() == HttpVersion.HTTP_1_1
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                && isUpgrade(request.getHeader(HttpHeaders.CONNECTION))
                && BodyLength.of(request) == 0;
    }

    private static boolean isUpgrade(String connection) {
        if (connection == null) {
            return false;
        }
        for (String token : connection.split(",", -1)) {
            if (token.trim().equalsIgnoreCase("upgrade")) {
                return true;
            }
        }
        return false;
    }
}
