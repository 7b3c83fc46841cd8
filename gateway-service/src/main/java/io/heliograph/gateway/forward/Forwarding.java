package io.heliograph.gateway.forward;

import io.heliograph.gateway.exchange.BodyLength;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.ExchangeMetrics;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.route.RequestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;

/** The last step: carries the request to an instance of its upstream and the answer back. */
@Singleton
public final class Forwarding implements Step {

    private final Calls calls;
    private final ExchangeMetrics metrics;
    private final int maxHeaders;

    Forwarding(Calls calls, ExchangeMetrics metrics, RequestConfig config) {
        this.calls = calls;
        this.metrics = metrics;
        this.maxHeaders = config.maxHeaders();
    }

    @Override
    public void take(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (Headers.exceed(request.headers(), maxHeaders)) {
            exchange.refuse(Problem.HEADERS_TOO_LARGE);
        } else if (BodyLength.of(request) > exchange.route().maxBody()) {
            exchange.refuse(Problem.BODY_TOO_LARGE);
        } else {
            new Transfer(this, exchange, isWebSocket(request)).start();
        }
    }

    Calls calls() {
        return calls;
    }

    Vertx vertx() {
        return calls.vertx();
    }

    ExchangeMetrics metrics() {
        return metrics;
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
