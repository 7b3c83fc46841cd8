package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheDirectives.ResponseCacheControl;
import io.heliograph.gateway.cache.CacheEntry.CacheTags;
import io.heliograph.gateway.cache.CacheEntry.EntryIdentity;
import io.heliograph.gateway.cache.CachedResponseWriter.Preconditions;
import io.heliograph.gateway.cache.Freshness.FreshnessCalculator;
import io.heliograph.gateway.cache.Freshness.FreshnessCalculator.FetchTimes;
import io.heliograph.gateway.cache.StoredHeaders.StoredFields;
import io.heliograph.gateway.compression.ReusableBody;
import io.netty.handler.codec.DateFormatter;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A response whose head permits storing it. Its body may not have arrived yet. */
final class StorableResponse {

    /** The head of a response of an upstream. */
    record OriginResponse(int status, MultiMap headers, FetchTimes times) {}

    private static final int NO_CONTENT = 204;
    /**
     * Targeted cache control (RFC 9213). It is not evaluated; a response that has it is not stored.
     */
    private static final String TARGETED = "CDN-Cache-Control";

    private final OriginResponse response;
    private final Freshness freshness;
    private final EntryIdentity identity;

    private StorableResponse(OriginResponse response, Freshness freshness, EntryIdentity identity) {
        this.response = response;
        this.freshness = freshness;
        this.identity = identity;
    }

    /** Null if it may not be stored. */
    static StorableResponse of(CacheRequest cacheRequest, OriginResponse response, long generation) {
        return of(cacheRequest, response, generation, Set.of());
    }

    /** The stored response, updated by a {@code 304}; null if it may not be stored any more. */
    static CacheEntry revalidated(
            CacheRequest cacheRequest, CacheEntry stored, OriginResponse notModified, long generation) {
        String tag = notModified.headers().get(HttpHeaders.ETAG);
        if (tag != null
                && (stored.headers().tag() == null
                        || !Preconditions.isSame(tag, stored.headers().tag()))) {
            return null;
        }
        MultiMap headers = StoredFields.updated(stored.headers(), notModified.headers());
        OriginResponse renewed = new OriginResponse(stored.headers().status(), headers, notModified.times());
        Set<String> tags = new HashSet<>(Arrays.asList(stored.identity().tags()));
        StorableResponse storable = of(cacheRequest, renewed, generation, tags);
        return storable == null ? null : storable.entry(stored.reusableBody());
    }

    private static StorableResponse of(
            CacheRequest cacheRequest, OriginResponse response, long generation, Set<String> furtherTags) {
        ResponseCacheControl control = ResponseCacheControl.of(response.status(), response.headers());
        if (!mayStore(cacheRequest, response, control)) {
            return null;
        }
        VaryHeaders vary =
                VaryHeaders.of(response.headers().getAll(HttpHeaders.VARY), furtherNames(cacheRequest, response));
        Freshness freshness =
                FreshnessCalculator.of(control, response.headers(), response.times(), cacheRequest.policy());
        Set<String> tags = new HashSet<>(cacheRequest.policy().tags());
        tags.addAll(furtherTags);
        tags.add(cacheRequest.route().name());
        String[] allTags = CacheTags.of(response.headers(), tags);
        if (vary == null || freshness == null || allTags == null || !isOfUse(freshness, response)) {
            return null;
        }
        EntryIdentity identity =
                new EntryIdentity(cacheRequest.key(), vary, vary.values(cacheRequest.headers()), allTags, generation);
        return new StorableResponse(response, freshness, identity);
    }

    CacheEntry entry(Buffer body) {
        return entry(new ReusableBody(body));
    }

    private CacheEntry entry(ReusableBody body) {
        String date = DateFormatter.format(new Date(response.times().responseMillis()));
        List<String> fields = StoredFields.stored(response.headers(), identity.vary(), date);
        if (response.status() != NO_CONTENT) {
            fields.add("Content-Length");
            fields.add(Integer.toString(body.plain().length()));
        }
        return new CacheEntry(StoredHeaders.of(response.status(), fields), body, freshness, identity);
    }

    private static boolean mayStore(CacheRequest cacheRequest, OriginResponse response, ResponseCacheControl control) {
        return control.mayStore()
                && !cacheRequest.control().noStore()
                && (control.isShareable() || !cacheRequest.hasCredentials())
                && !response.headers().contains(HttpHeaders.SET_COOKIE)
                && !response.headers().contains(TARGETED);
    }

    /**
     * The names of further headers by which the response varies. An encoded response varies by {@code Accept-Encoding},
     * even if the service does not state it.
     */
    private static Collection<String> furtherNames(CacheRequest cacheRequest, OriginResponse response) {
        if (!response.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            return cacheRequest.policy().varyBy();
        }
        Set<String> names = new HashSet<>(cacheRequest.policy().varyBy());
        names.add("accept-encoding");
        return names;
    }

    /** Whether the response has a freshness lifetime or can be revalidated. */
    private static boolean isOfUse(Freshness freshness, OriginResponse response) {
        boolean fresh = freshness.lifetimeMillis() > 0;
        if (!ResponseCacheControl.isCacheableByDefault(response.status())) {
            return fresh && !freshness.rules().mustRevalidate();
        }
        return fresh
                || response.headers().contains(HttpHeaders.ETAG)
                || response.headers().contains(HttpHeaders.LAST_MODIFIED);
    }
}
