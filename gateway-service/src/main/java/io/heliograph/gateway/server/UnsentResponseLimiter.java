package io.heliograph.gateway.server;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.ExchangeListener;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the memory of finished HTTP/2 responses that wait for the flow-control window of their client. The streams of
 * one address may hold {@link ConnectionConfig#maxUnsent} bytes on all of its connections; a connection that exceeds it
 * is closed with {@code ENHANCE_YOUR_CALM}. Responses in progress are bounded by the connections to services, and an
 * HTTP/1.1 connection has one response at a time.
 */
@Singleton
final class UnsentResponseLimiter implements ExchangeListener {

    /** The memory of a stream and its response head. */
    private static final long OVERHEAD = 1024;

    /** The most that is unsent of a streamed response when it ends. */
    private static final long LAST_PART = 128 * 1024;

    private final ConnectionConfig config;
    private final Map<String, Long> bytesByClient = new ConcurrentHashMap<>();

    UnsentResponseLimiter(ConnectionConfig config) {
        this.config = config;
    }

    @Override
    public void started(Exchange exchange) {
        // No memory is held yet.
    }

    @Override
    public void finished(Exchange exchange, String outcome, int status) {
        HttpServerResponse response = exchange.response();
        if (exchange.request().version() != HttpVersion.HTTP_2 || response.closed()) {
            return;
        }
        String client = exchange.network();
        long bytes = OVERHEAD + unsent(exchange);
        response.closeHandler(closed -> free(client, bytes));
        if (bytesByClient.merge(client, bytes, Long::sum) > config.maxUnsent().asLongValue()) {
            HttpConnection connection = exchange.request().connection();
            connection.goAway(Http2Error.ENHANCE_YOUR_CALM.code());
            connection.close();
        }
    }

    private static long unsent(Exchange exchange) {
        long written = exchange.response().bytesWritten();
        boolean own = exchange.route() == null || exchange.route().upstream() == null;
        return own ? written : Math.min(written, LAST_PART);
    }

    private void free(String client, long bytes) {
        bytesByClient.computeIfPresent(client, (key, held) -> held > bytes ? held - bytes : null);
    }
}
