package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheStatus.CacheResult;
import io.heliograph.gateway.cache.StoredHeaders.StoredFields;
import io.heliograph.gateway.pipeline.Exchange;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.net.URI;

/** Invalidates the entries of an address after an unsafe request to it has succeeded (RFC 9111, 4.4). */
@Singleton
final class CacheInvalidation {

    private final PurgeBus bus;
    private final CachedResponseWriter writer;

    CacheInvalidation(PurgeBus bus, CachedResponseWriter writer) {
        this.bus = bus;
        this.writer = writer;
    }

    void forward(Exchange exchange) {
        String key = CacheRequest.key(exchange);
        HttpServerResponse response = exchange.response();
        writer.prepareForward(exchange, CacheResult.BYPASS, CacheStatus.METHOD);
        // Before the head is written: a client that has read the response must not get the old representation.
        response.headersEndHandler(end -> {
            response.headers().remove(StoredFields.TAGS);
            if (response.getStatusCode() < 400) {
                invalidate(key);
                invalidate(keyOf(exchange, response.headers().get(HttpHeaders.LOCATION)));
                invalidate(keyOf(exchange, response.headers().get(HttpHeaders.CONTENT_LOCATION)));
            }
        });
        exchange.proceed();
    }

    private void invalidate(String key) {
        if (key != null) {
            bus.purge(new Purge.OfAddress(key));
        }
    }

    /** The key of the address that a header names, if it is one of the same host; else null. */
    private static String keyOf(Exchange exchange, String location) {
        if (location == null) {
            return null;
        }
        try {
            String base = exchange.scheme() + "://" + exchange.host();
            URI named = URI.create(base + exchange.request().uri()).resolve(location);
            String text = named.toString();
            boolean same = text.regionMatches(true, 0, base, 0, base.length()) && text.startsWith("/", base.length());
            return same ? CacheRequest.key(exchange, text.substring(base.length())) : null;
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }
}
