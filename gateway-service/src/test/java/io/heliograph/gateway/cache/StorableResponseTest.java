package io.heliograph.gateway.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heliograph.gateway.cache.CacheDirectives.RequestCacheControl;
import io.heliograph.gateway.cache.Freshness.FreshnessCalculator.FetchTimes;
import io.heliograph.gateway.cache.StorableResponse.OriginResponse;
import io.heliograph.gateway.routing.CachedRoute;
import io.heliograph.gateway.routing.Route.CachePolicy;
import io.netty.handler.codec.DateFormatter;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which responses may be stored and for how long (RFC 9111). */
class StorableResponseTest {

    private static final long NOW = 1_700_000_000_000L;

    /** Headers are separated by {@code ;}. A date such as {@code @-10} is so many seconds from now. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // No freshness lifetime.
                "200 | ETag: \"1\" | | -",
                "200 | Last-Modified: @-1000 | | -",
                // Explicit freshness lifetime.
                "200 | Cache-Control: max-age=60 | | 60",
                "200 | Cache-Control: max-age=60, s-maxage=10 | | 10",
                "200 | Cache-Control: s-maxage=10; Expires: @100 | | 10",
                "200 | Expires: @100; Date: @0 | | 100",
                "200 | Expires: @100; Date: @-20 | | 120",
                "200 | Cache-Control: max-age=60; Expires: @-100 | | 60",
                "200 | Expires: 0; ETag: \"1\" | | 0",
                "200 | Expires: @-5; ETag: \"1\" | | 0",
                "200 | Expires: 0 | | -",
                "200 | Cache-Control: max-age=0 | | -",
                "200 | Cache-Control: max-age=0; ETag: \"1\" | | 0",
                // To be revalidated each time.
                "200 | Cache-Control: no-cache; ETag: \"1\" | | 0",
                "200 | Cache-Control: no-cache, max-age=60 | | 60",
                "200 | Cache-Control: no-cache=\"x\"; ETag: \"1\" | | 0",
                "200 | Cache-Control: no-cache | | -",
                // Forbidden.
                "200 | Cache-Control: no-store, max-age=60 | | -",
                "200 | Cache-Control: public, no-store, max-age=60 | | -",
                "200 | Cache-Control: private, max-age=60 | | -",
                "200 | Cache-Control: private=\"x\", max-age=60 | | -",
                "200 | Cache-Control: max-age=60; Cache-Control: no-store | | -",
                "200 | Cache-Control: must-understand, no-store, max-age=60 | | 60",
                "299 | Cache-Control: must-understand, no-store, max-age=60 | | -",
                "200 | Cache-Control: public, max-age=60; Set-Cookie: a=b | | -",
                "200 | Cache-Control: max-age=abc | | -",
                // By status.
                "206 | Cache-Control: max-age=60 | | -",
                "200 | Cache-Control: max-age=60; Content-Range: bytes 0-1/2 | | 60",
                "206 | Cache-Control: max-age=60; Content-Range: bytes 0-1/2 | | -",
                "200 | Cache-Control: max-age=60; CDN-Cache-Control: private | | -",
                "200 | Cache-Control: max-age=60; CDN-Cache-Control: max-age=600 | | -",
                "301 | Cache-Control: max-age=60 | | 60",
                "302 | Cache-Control: max-age=60 | | 60",
                "302 | Last-Modified: @-1000 | | -",
                "404 | Cache-Control: max-age=60 | | 60",
                "410 | Cache-Control: max-age=60 | | 60",
                "303 | Cache-Control: max-age=60 | | 60",
                "400 | Cache-Control: max-age=60 | | 60",
                "499 | Cache-Control: s-maxage=60 | | 60",
                "500 | Cache-Control: max-age=60 | | 60",
                "503 | Expires: @60 | | 60",
                "599 | Cache-Control: max-age=60 | | 60",
                "599 | Cache-Control: max-age=60, must-understand | | -",
                "599 | Cache-Control: max-age=60, no-store, must-understand | | -",
                "503 | Last-Modified: @-1000 | | -",
                "503 | ETag: \"1\" | | -",
                "403 | Cache-Control: max-age=60; ETag: \"1\" | | 60",
                "403 | Cache-Control: public; ETag: \"1\" | | -",
                "403 | Cache-Control: public, no-cache; ETag: \"1\" | | -",
                "403 | Cache-Control: no-cache, max-age=60; ETag: \"1\" | | -",
                "401 | Cache-Control: max-age=60 | | -",
                "407 | Cache-Control: max-age=60 | | -",
                "412 | Cache-Control: max-age=60 | | -",
                "416 | Cache-Control: max-age=60 | | -",
                "304 | Cache-Control: max-age=60 | | -",
                // Requests with credentials.
                "200 | Cache-Control: max-age=60 | Authorization: x | -",
                "200 | Cache-Control: max-age=60 | Cookie: a=b | -",
                "200 | Cache-Control: public, max-age=60 | Authorization: x | 60",
                "200 | Cache-Control: s-maxage=60 | Authorization: x | 60",
                "200 | Cache-Control: must-revalidate, max-age=60 | Authorization: x | 60",
                "200 | Cache-Control: proxy-revalidate, max-age=60 | Authorization: x | -",
                "200 | Cache-Control: public, max-age=60 | Cookie: a=b | 60",
                "200 | Cache-Control: public, private, max-age=60 | Authorization: x | -",
                // What the client wants.
                "200 | Cache-Control: max-age=60 | Cache-Control: no-store | -",
                "200 | Cache-Control: max-age=60 | Cache-Control: no-cache | 60",
                // What it differs by.
                "200 | Cache-Control: max-age=60; Vary: Accept-Encoding | | 60",
                "200 | Cache-Control: max-age=60; Vary: * | | -",
                "200 | Cache-Control: max-age=60; Vary: Accept, * | | -",
                "200 | Cache-Control: max-age=60; Vary: Authorization | | -",
                "200 | Cache-Control: max-age=60; Vary: cookie | | -",
                "200 | Cache-Control: max-age=60; Vary: X-Forwarded-For | | -",
                "200 | Cache-Control: max-age=60; Vary: X-Forwarded-Proto, Host | | 60",
                "200 | Cache-Control: max-age=60; Vary: a,b,c,d,e,f,g,h,i | | -",
                "200 | Cache-Control: max-age=60; Cache-Tag: a b | | -",
            })
    void shouldStoreCacheableResponsesWhileFresh(int status, String headers, String request, String seconds) {
        StorableResponse storable = StorableResponse.of(ask(CachedRoute.PLAIN, request), answer(status, headers), 0);

        assertEquals(
                seconds,
                storable == null
                        ? "-"
                        : Long.toString(
                                storable.entry(Buffer.buffer()).freshness().lifetimeMillis() / 1_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Date: @0 | 0",
                "Date: @-7 | 7",
                "Date: @0; Age: 30 | 30",
                "Date: @-40; Age: 30 | 40",
                "Age: 30; Age: 50 | 30",
                "Age: 50; Age: 30 | 50",
                "Age: 30, 50 | 30",
                "Age: 50, 30 | 50",
                "Age: x, 50 | 0",
                "Age: 7.5 | 0",
                "Age: -7 | 0",
                "Age: 7;x=y | 0",
                "Date: @30 | 0",
                "Date: nonsense | 0",
                "Age: nonsense | 0"
            })
    void shouldCalculateTheAgeFromTheOriginOfTheResponse(String headers, long ageSeconds) {
        StorableResponse storable = StorableResponse.of(
                ask(CachedRoute.PLAIN, null), answer(200, "Cache-Control: max-age=90; " + headers), 0);

        assertEquals(ageSeconds, storable.entry(Buffer.buffer()).freshness().ageMillis(NOW) / 1_000);
    }

    @Test
    void shouldIncludeTheResponseDelayInTheAge() {
        MultiMap headers = headers("Cache-Control: max-age=90; Age: 5");
        StorableResponse storable = StorableResponse.of(
                ask(CachedRoute.PLAIN, null), new OriginResponse(200, headers, new FetchTimes(NOW - 3_000, NOW)), 0);

        assertEquals(8_000, storable.entry(Buffer.buffer()).freshness().ageMillis(NOW));
    }

    @ParameterizedTest
    @CsvSource({"200,60", "404,60", "302,-", "206,-"})
    void shouldApplyTheDefaultFreshness(int status, String seconds) {
        StorableResponse storable =
                StorableResponse.of(ask(CachedRoute.policy(60_000, false, 0, 0), null), answer(status, ""), 0);

        assertEquals(seconds, storable == null ? "-" : "60");
    }

    @Test
    void shouldUseHeuristicFreshnessOnlyIfConfigured() {
        OriginResponse response = answer(200, "Last-Modified: @-1000");

        assertNull(StorableResponse.of(ask(CachedRoute.PLAIN, null), response, 0));
        StorableResponse guessed = StorableResponse.of(ask(CachedRoute.policy(0, true, 0, 0), null), response, 0);
        assertEquals(100_000, guessed.entry(Buffer.buffer()).freshness().lifetimeMillis());
    }

    @Test
    void shouldNotBeFreshForLongerThanConfigured() {
        StorableResponse storable =
                StorableResponse.of(ask(CachedRoute.PLAIN, null), answer(200, "Cache-Control: max-age=999999999"), 0);

        assertEquals(86_400_000, storable.entry(Buffer.buffer()).freshness().lifetimeMillis());
    }

    @Test
    void shouldVaryByAcceptEncodingWithoutVary() {
        StorableResponse storable = StorableResponse.of(
                ask(CachedRoute.PLAIN, "Accept-Encoding: GZIP, br"),
                answer(200, "Cache-Control: max-age=60; Content-Encoding: gzip"),
                0);

        CacheEntry entry = storable.entry(Buffer.buffer());
        assertArrayEquals(new String[] {"gzip,br"}, entry.identity().values());
        assertEquals("accept-encoding", entry.headers().find("vary"));
    }

    @Test
    void shouldStoreEndToEndHeadersOnly() {
        StorableResponse storable = StorableResponse.of(
                ask(CachedRoute.PLAIN, null),
                answer(
                        200,
                        "Cache-Control: max-age=60; Connection: x-mine, close; X-Mine: 1; Keep-Alive: 2; Age: 3;"
                                + " Cache-Tag: a, b; X-Request-Id: 4; Server-Timing: 5; Content-Length: 6; X-Public: 7"),
                0);

        CacheEntry entry = storable.entry(Buffer.buffer("seven b"));

        MultiMap stored = MultiMap.caseInsensitiveMultiMap();
        entry.headers().copyTo(stored);
        assertEquals(java.util.Set.of("Cache-Control", "X-Public", "Date", "Content-Length"), stored.names());
        assertEquals("7", stored.get("Content-Length"));
        assertArrayEquals(new String[] {"a", "b", "things"}, entry.identity().tags());
    }

    @Test
    void shouldRenewAStoredEntryByA304() {
        CacheRequest cacheRequest = ask(CachedRoute.PLAIN, null);
        CacheEntry stored = StorableResponse.of(
                        cacheRequest,
                        answer(200, "Cache-Control: max-age=1; ETag: \"1\"; Content-Type: a/b; X-Old: 1; Date: @-100"),
                        1)
                .entry(Buffer.buffer("body"));

        CacheEntry renewed = StorableResponse.revalidated(
                cacheRequest,
                stored,
                answer(
                        304,
                        "Cache-Control: max-age=60; ETag: W/\"1\"; Content-Type: c/d; X-New: 2; Content-Length: 0;"
                                + " Content-Security-Policy: new; Content-Encoding: gzip; Content-Range: bytes 0-1/2"),
                2);

        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        renewed.headers().copyTo(headers);
        assertEquals(60_000, renewed.freshness().remainingMillis(NOW));
        assertEquals("body", renewed.body().toString());
        assertEquals("c/d", headers.get("Content-Type"));
        assertEquals("new", headers.get("Content-Security-Policy"));
        assertNull(headers.get("Content-Encoding"));
        assertNull(headers.get("Content-Range"));
        assertEquals("4", headers.get("Content-Length"));
        assertEquals("1", headers.get("X-Old"));
        assertEquals("2", headers.get("X-New"));
        assertEquals(2, renewed.identity().generation());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"ETag: \"2\"", "Cache-Control: no-store", "Cache-Control: private", "Set-Cookie: a=b"})
    void shouldNotRenewAnEntryThatMayNotBeStoredAnyLonger(String headers) {
        CacheRequest cacheRequest = ask(CachedRoute.PLAIN, null);
        CacheEntry stored = StorableResponse.of(cacheRequest, answer(200, "Cache-Control: max-age=1; ETag: \"1\""), 1)
                .entry(Buffer.buffer("body"));

        assertNull(StorableResponse.revalidated(cacheRequest, stored, answer(304, headers), 1));
    }

    @Test
    void shouldBoundTheTagsOfAResponse() {
        StringBuilder tags = new StringBuilder("Cache-Control: max-age=60; Cache-Tag: a");
        for (int i = 0; i < 30; i++) {
            tags.append(",t").append(i);
        }
        assertNotNull(StorableResponse.of(ask(CachedRoute.PLAIN, null), answer(200, tags.toString()), 0));

        assertNull(StorableResponse.of(ask(CachedRoute.PLAIN, null), answer(200, tags + ",b,c,d"), 0));
    }

    static CacheRequest ask(CachePolicy policy, String request) {
        MultiMap headers = headers(request);
        return new CacheRequest(
                CachedRoute.with(policy),
                "http://h/api/things",
                "/api/things",
                headers,
                RequestCacheControl.of(headers));
    }

    static OriginResponse answer(int status, String headers) {
        return new OriginResponse(status, headers(headers), new FetchTimes(NOW, NOW));
    }

    private static MultiMap headers(String text) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (text == null || text.isEmpty()) {
            return headers;
        }
        for (String header : text.split("; ", -1)) {
            int colon = header.indexOf(':');
            String value = header.substring(colon + 1).trim();
            headers.add(
                    header.substring(0, colon),
                    value.startsWith("@")
                            ? DateFormatter.format(new Date(NOW + 1_000 * Long.parseLong(value.substring(1))))
                            : value);
        }
        return headers;
    }
}
