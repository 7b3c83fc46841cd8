package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheDirectives.RequestCacheControl;
import io.heliograph.gateway.cache.CacheStatus.CacheResult;
import io.heliograph.gateway.cache.Freshness.Usability;
import io.heliograph.gateway.cache.MemoryCache.Variants;
import io.heliograph.gateway.cache.StoredHeaders.StoredFields;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.heliograph.gateway.pipeline.RequestHead;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.net.URI;

/**
 * Responds from the cache on routes that have one, as a shared cache (RFC 9111). Entries in memory are served at once;
 * everything else is left to {@link CacheMissHandler}.
 */
@Singleton
public final class CacheFilter implements RequestFilter {

    private static final CharSequence[] BYPASS_HEADERS = {
        HttpHeaders.createOptimized("range"),
        HttpHeaders.createOptimized("if-range"),
        HttpHeaders.createOptimized("if-match"),
        HttpHeaders.createOptimized("if-unmodified-since"),
        HttpHeaders.UPGRADE
    };

    private final TieredCache cache;
    private final CacheMissHandler missHandler;
    private final CacheInvalidation invalidation;
    private final CachedResponseWriter writer;

    CacheFilter(
            TieredCache cache,
            CacheMissHandler missHandler,
            CacheInvalidation invalidation,
            CachedResponseWriter writer) {
        this.cache = cache;
        this.missHandler = missHandler;
        this.invalidation = invalidation;
        this.writer = writer;
    }

    @Override
    public void filter(Exchange exchange) {
        HttpMethod method = exchange.method();
        if (exchange.route().cache() == null || HttpMethod.OPTIONS.equals(method)) {
            exchange.proceed();
        } else if (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) {
            read(exchange);
        } else {
            invalidation.forward(exchange);
        }
    }

    private void read(Exchange exchange) {
        String key = CacheRequest.key(exchange);
        if (key == null || bypassesCache(exchange.request())) {
            writer.forward(exchange, CacheResult.BYPASS, CacheStatus.BYPASS);
            return;
        }
        MultiMap headers = exchange.request().headers();
        RequestCacheControl control = RequestCacheControl.of(headers);
        Variants stored = cache.find(key);
        CacheEntry entry = stored == null ? null : stored.select(headers);
        if (entry == null) {
            missHandler.handle(exchange, cacheRequest(exchange, key, control), null);
            return;
        }
        Usability usability = cache.usability(entry, headers, control, System.currentTimeMillis());
        if (usability == Usability.SERVE) {
            writer.write(exchange, entry, CacheResult.HIT, null);
        } else if (usability == Usability.SERVE_STALE) {
            missHandler.revalidateInBackground(exchange, cacheRequest(exchange, key, control), entry);
            writer.write(exchange, entry, CacheResult.STALE, null);
        } else {
            CacheRequest cacheRequest = cacheRequest(exchange, key, control);
            missHandler.handle(
                    exchange, cacheRequest, TieredCache.maySatisfy(entry, cacheRequest.headers()) ? entry : null);
        }
    }

    private static CacheRequest cacheRequest(Exchange exchange, String key, RequestCacheControl control) {
        HttpServerRequest request = exchange.request();
        return new CacheRequest(exchange.route(), key, request.uri(), request.headers(), control);
    }

    /** Whether only the service can respond: range requests, preconditions, upgrades, and requests with a body. */
    private static boolean bypassesCache(HttpServerRequest request) {
        MultiMap headers = request.headers();
        for (CharSequence name : BYPASS_HEADERS) {
            if (headers.contains(name)) {
                return true;
            }
        }
        return RequestHead.bodyLength(request) != 0;
    }

    /** Invalidates the entries of an address after an unsafe request to it has succeeded (RFC 9111, 4.4). */
    @Singleton
    static final class CacheInvalidation {

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
            // Before the response head is written, so that a client that has read it cannot get the old representation
            // afterwards.
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

        /** The cache key of the URI in a header if it has the same host, else null. */
        private static String keyOf(Exchange exchange, String location) {
            if (location == null) {
                return null;
            }
            try {
                String base = exchange.scheme() + "://" + exchange.host();
                URI named = URI.create(base + exchange.request().uri()).resolve(location);
                String text = named.toString();
                boolean same =
                        text.regionMatches(true, 0, base, 0, base.length()) && text.startsWith("/", base.length());
                return same ? CacheRequest.key(exchange, text.substring(base.length())) : null;
            } catch (IllegalArgumentException noAddress) {
                return null;
            }
        }
    }
}
