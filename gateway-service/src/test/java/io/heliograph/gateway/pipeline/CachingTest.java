package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ages are set by the {@code Age} of the service, so that no test has to wait. */
@QuarkusTest
class CachingTest extends GatewayTest {

    private final String uri = "/api/things/" + UUID.randomUUID();
    private final long startNanos = System.nanoTime();

    @Test
    void shouldServeStoredResponses() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "Content-Type: text/plain", "X-Own: 1", "Age: 10");

        Answer first = anonymous("GET", uri);
        Answer second = anonymous("GET", uri);

        assertEquals("answer 1", first.body());
        assertEquals("answer 1", second.body());
        assertEquals(200, second.status());
        assertEquals("text/plain", second.header("Content-Type"));
        assertEquals("1", second.header("X-Own"));
        assertTtl("heliograph; fwd=uri-miss; ttl=%d; stored", 50, first);
        assertTtl("heliograph; hit; ttl=%d", 50, second);
        int age = Integer.parseInt(second.header("Age"));
        assertTrue(age >= 10 && age <= 11 + elapsedSeconds(), second.header("Age"));
        assertEquals(1, second.all("Age").size());
        assertEquals(1, second.all("X-Request-Id").size());
        assertEquals(1, second.all("Content-Length").size());
    }

    @Test
    void shouldKeepTheStatus() throws IOException {
        scripted.answer(request -> request.response()
                .setStatusCode(404)
                .putHeader("Cache-Control", "max-age=60")
                .end("not here"));

        anonymous("GET", uri);
        Answer stored = anonymous("GET", uri);

        assertHit(stored);
        assertEquals(404, stored.status());
        assertEquals("not here", stored.body());
    }

    @Test
    void shouldServeHeadFromAResponseStoredByGet() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        anonymous("GET", uri);

        try (RawClient client = connect()) {
            Answer head = client.send("HEAD " + uri + " HTTP/1.1\r\nHost: heliograph.example\r\n\r\n")
                    .readHead();

            assertHit(head);
            assertEquals("8", head.header("Content-Length"));
            assertHit(client.send("GET " + uri + " HTTP/1.1\r\nHost: heliograph.example\r\n\r\n")
                    .read());
        }
    }

    @Test
    void shouldNotUseAResponseToHeadForGet() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");

        try (RawClient client = connect()) {
            client.send("HEAD " + uri + " HTTP/1.1\r\nHost: heliograph.example\r\n\r\n")
                    .readHead();
        }

        assertEquals("answer 2", anonymous("GET", uri).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-store",
                "private, max-age=60",
                "no-cache",
                "max-age=0",
                "max-age=nonsense",
                "public, no-store"
            })
    void shouldFetchUncacheableResponsesEachTime(String control) throws IOException {
        scripted.answerWith("Cache-Control: " + control);

        assertEquals("answer 1", anonymous("GET", uri).body());
        assertEquals("answer 2", anonymous("GET", uri).body());
        assertEquals("heliograph; fwd=uri-miss", anonymous("GET", uri).header("Cache-Status"));
    }

    @Test
    void shouldNotUseHeuristicFreshness() throws IOException {
        scripted.answerWith("Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT");

        anonymous("GET", uri);

        assertEquals("answer 2", anonymous("GET", uri).body());
    }

    @Test
    void shouldForwardConditionsOfPersonalRequests() throws IOException {
        scripted.answer(request -> request.response()
                .putHeader("Cache-Control", "private, no-cache")
                .putHeader("ETag", "\"mine\"")
                .setStatusCode("\"mine\"".equals(request.getHeader("If-None-Match")) ? 304 : 200)
                .end());

        assertEquals(304, get(uri, "If-None-Match: \"mine\"\r\n").status());
        assertEquals(200, get(uri, "If-None-Match: \"other\"\r\n").status());
        assertEquals(304, get(uri, "If-None-Match: \"mine\"\r\n").status());
    }

    @Test
    void shouldShareOnlyPublicResponsesToAuthorizedRequests() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        assertEquals("answer 1", get(uri).body());
        assertEquals("answer 2", anonymous("GET", uri).body());

        // The anonymous response must not be served to Ada.
        assertEquals("answer 3", get(uri).body());
        assertEquals("answer 4", anonymous("GET", uri, "Cookie: a=b").body());
        assertHit(anonymous("GET", uri));

        scripted.answerWith("Cache-Control: public, max-age=60");
        String other = uri + "/public";
        assertEquals("answer 1", get(other).body());
        assertEquals("answer 1", get(other).body());
        assertEquals("answer 1", anonymous("GET", other).body());
    }

    @Test
    void shouldRejectAnInvalidTokenOnOptionalRoutes() throws IOException {
        scripted.answerWith("Cache-Control: public, max-age=60");
        anonymous("GET", uri);

        assertEquals(401, anonymous("GET", uri, "Authorization: Bearer forged").status());
    }

    @Test
    void shouldNeverStoreACookie() throws IOException {
        scripted.answerWith("Cache-Control: public, max-age=60", "Set-Cookie: session=ada");

        assertEquals("session=ada", anonymous("GET", uri).header("Set-Cookie"));
        assertEquals("answer 2", anonymous("GET", uri).body());
    }

    @Test
    void shouldSeparateVariants() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "Vary: Accept-Language, X-Kind");

        assertEquals(
                "answer 1",
                anonymous("GET", uri, "Accept-Language: de, en", "X-Kind: a").body());
        assertEquals(
                "answer 2",
                anonymous("GET", uri, "Accept-Language: fr", "X-Kind: a").body());
        assertEquals("answer 3", anonymous("GET", uri).body());

        assertEquals(
                "answer 1",
                anonymous("GET", uri, "X-Kind: a", "accept-language:  DE ,en").body());
        assertEquals(
                "answer 1",
                anonymous("GET", uri, "Accept-Language: de", "Accept-Language: en", "X-Kind: a")
                        .body());
        assertEquals(
                "answer 2",
                anonymous("GET", uri, "Accept-Language: fr", "X-Kind: a").body());
        assertEquals("answer 3", anonymous("GET", uri).body());
        Answer fourth = anonymous("GET", uri, "Accept-Language: fr", "X-Kind: A");
        assertEquals("answer 4", fourth.body());
        assertTrue(fourth.header("Cache-Status").startsWith("heliograph; fwd=vary-miss"));
    }

    @Test
    void shouldKeepABoundedNumberOfVariants() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "Vary: X-Kind");
        for (int i = 0; i < 40; i++) {
            anonymous("GET", uri, "X-Kind: " + i);
        }

        assertHit(anonymous("GET", uri, "X-Kind: 39"));
        assertMiss(anonymous("GET", uri, "X-Kind: 0"));
    }

    @Test
    void shouldSeparateHosts() throws IOException {
        scripted.answer(request -> request.response()
                .putHeader("Cache-Control", "max-age=60")
                .end("see " + request.getHeader("X-Forwarded-Host")));

        assertEquals("see heliograph.example", anonymous("GET", uri).body());
        assertEquals(
                "see evil.example",
                exchange("GET " + uri + " HTTP/1.1\r\nHost: evil.example\r\n\r\n")
                        .body());
        assertEquals("see heliograph.example", anonymous("GET", uri).body());
    }

    @Test
    void shouldServeAllHostsFromOneResponse() throws IOException {
        String hostless = uri.replace("things", "hostless");
        scripted.answer(request -> request.response()
                .putHeader("Cache-Control", "max-age=60")
                .end(request.getHeader("X-Forwarded-Host")
                        + ' '
                        + request.getHeader("X-Forwarded-Proto")
                        + ' '
                        + request.getHeader("Forwarded")));

        String seen = exchange("GET " + hostless + " HTTP/1.1\r\nHost: evil.example\r\n"
                        + "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: evil\r\n\r\n")
                .body();
        Answer stored = anonymous("GET", hostless);

        assertHit(stored);
        assertEquals(seen, stored.body());
        assertTrue(seen.matches("null null for=[^;]+"), seen);
    }

    @Test
    void shouldInvalidateAResponseSharedByAllHosts() throws IOException {
        String hostless = uri.replace("things", "hostless");
        scripted.answerWith("Cache-Control: max-age=60");
        anonymous("GET", hostless);

        exchange("PUT " + hostless + " HTTP/1.1\r\nHost: other.example\r\nContent-Length: 0\r\n\r\n");

        assertMiss(anonymous("GET", hostless));
    }

    @Test
    void shouldRespondNotModified() throws IOException {
        scripted.answerWith(
                "Cache-Control: max-age=60", "ETag: W/\"7\"", "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT");
        Answer first = anonymous("GET", uri, "If-None-Match: \"7\"");
        assertNull(scripted.last().getHeader("If-None-Match"));
        assertEquals(304, first.status());

        Answer tagged = anonymous("GET", uri, "If-None-Match: \"1\", \"7\"");
        assertEquals(304, tagged.status());
        assertEquals("W/\"7\"", tagged.header("ETag"));
        assertEquals("max-age=60", tagged.header("Cache-Control"));
        assertNull(tagged.header("Content-Length"));
        assertEquals(304, anonymous("GET", uri, "If-None-Match: *").status());
        assertEquals(
                304,
                anonymous("GET", uri, "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT")
                        .status());
        assertEquals(
                200,
                anonymous("GET", uri, "If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT")
                        .status());
        assertEquals("answer 1", anonymous("GET", uri, "If-None-Match: \"8\"").body());
    }

    @Test
    void shouldRevalidateStaleResponses() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "Age: 70", "ETag: \"7\"", "X-Own: old");
        anonymous("GET", uri);
        scripted.answer(request -> request.response()
                .setStatusCode(304)
                .putHeader("Cache-Control", "max-age=60")
                .putHeader("X-Own", "new")
                .end());

        Answer renewed = anonymous("GET", uri);

        assertEquals("\"7\"", scripted.last().getHeader("If-None-Match"));
        assertEquals(200, renewed.status());
        assertEquals("answer 1", renewed.body());
        assertEquals("new", renewed.header("X-Own"));
        assertTtl("heliograph; fwd=stale; ttl=%d; fwd-status=304", 60, renewed);
        Answer again = anonymous("GET", uri);
        assertHit(again);
        assertEquals("new", again.header("X-Own"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "99999999999"})
    void shouldRespondToUnconditionalRequestsWhateverLengthANotModifiedHas(String length) throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "Age: 70", "ETag: \"7\"");
        anonymous("GET", uri);
        scripted.answer(request -> request.response()
                .setStatusCode(304)
                .putHeader("Content-Length", length)
                .putHeader("ETag", "\"7\"")
                .end());

        Answer renewed = anonymous("GET", uri);

        assertEquals("\"7\"", scripted.last().getHeader("If-None-Match"));
        assertEquals(200, renewed.status());
        assertEquals("answer 1", renewed.body());
        assertEquals("8", renewed.header("Content-Length"));
    }

    @Test
    void shouldStoreErrorsWhileFreshAndNotRevalidateThem() throws IOException {
        scripted.answer(request -> request.response()
                .setStatusCode(403)
                .putHeader("Cache-Control", "max-age=60")
                .putHeader("ETag", "\"7\"")
                .putHeader("Age", request.getHeader("X-Age"))
                .end("go away"));

        anonymous("GET", uri, "X-Age: 0");
        assertHit(anonymous("GET", uri, "X-Age: 0"));

        anonymous("GET", uri + "/stale", "X-Age: 70");
        assertMiss(anonymous("GET", uri + "/stale", "X-Age: 70"));
        assertNull(scripted.last().getHeader("If-None-Match"));
    }

    @Test
    void shouldNotTreatAMalformedDateAsFuture() throws IOException {
        scripted.answerWith("Expires: Thu, 18 Aug 2050 02:01:18 UTC");

        assertEquals("answer 1", anonymous("GET", uri).body());
        assertEquals("answer 2", anonymous("GET", uri).body());
    }

    @Test
    void shouldRevalidateNoCacheResponsesWithTheCredentialsOfEachClient() throws IOException {
        scripted.answer(request -> {
            boolean known = "\"7\"".equals(request.getHeader("If-None-Match"));
            boolean entitled = request.getHeader("Authorization") != null;
            request.response()
                    .putHeader("Cache-Control", "public, no-cache")
                    .putHeader("ETag", "\"7\"")
                    .setStatusCode(!entitled ? 403 : known ? 304 : 200)
                    .end(known && entitled ? "" : entitled ? "secret" : "go away");
        });
        assertEquals("secret", get(uri).body());

        Answer renewed = get(uri);
        assertEquals("secret", renewed.body());
        assertTrue(renewed.header("Cache-Status").contains("fwd-status=304"), renewed.header("Cache-Status"));
        assertEquals(403, anonymous("GET", uri).status());
        assertEquals("secret", get(uri).body());
    }

    @ParameterizedTest
    @CsvSource({"no-cache,false", "max-age=0,false", "max-age=5,false", "min-fresh=100,false", "max-age=100,true"})
    void shouldFollowTheCacheControlOfTheClient(String control, boolean hit) throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "Age: 10");
        anonymous("GET", uri);

        Answer answer = anonymous("GET", uri, "Cache-Control: " + control);

        assertEquals(hit ? "answer 1" : "answer 2", answer.body());
        // The new response is stored.
        assertEquals(hit ? "answer 1" : "answer 2", anonymous("GET", uri).body());
    }

    @Test
    void shouldNotStoreForNoStoreRequests() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");

        anonymous("GET", uri, "Cache-Control: no-store");

        assertEquals("answer 2", anonymous("GET", uri).body());
        assertEquals(
                "answer 2", anonymous("GET", uri, "Cache-Control: no-store").body());
    }

    @Test
    void shouldNotFetchForOnlyIfCached() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        int before = scripted.requests().size();

        Answer absent = anonymous("GET", uri, "Cache-Control: only-if-cached");

        assertEquals(504, absent.status());
        assertEquals("not_cached", code(absent));
        assertEquals(before, scripted.requests().size());
        anonymous("GET", uri);
        assertHit(anonymous("GET", uri, "Cache-Control: only-if-cached"));
    }

    @Test
    void shouldForwardRangesAndWritePreconditions() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "ETag: \"1\"");
        anonymous("GET", uri);

        assertEquals("answer 2", anonymous("GET", uri, "Range: bytes=0-1").body());
        assertEquals("bytes=0-1", scripted.last().getHeader("Range"));
        assertEquals("answer 3", anonymous("GET", uri, "If-Match: \"2\"").body());
        assertEquals(
                "heliograph; fwd=bypass",
                anonymous("GET", uri, "If-Match: \"2\"").header("Cache-Status"));
        assertEquals("answer 1", anonymous("GET", uri).body());
    }

    @Test
    void shouldServeStaleWhileRevalidating() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60, stale-while-revalidate=60", "Age: 70");
        anonymous("GET", uri);
        scripted.answerWith("Cache-Control: max-age=60");

        Answer stale = anonymous("GET", uri);

        assertEquals("answer 1", stale.body());
        assertTrue(stale.header("Cache-Status").startsWith("heliograph; hit; ttl=-"), stale.header("Cache-Status"));
        await().until(() -> !anonymous("GET", uri).header("Cache-Status").contains("ttl=-"));
        assertEquals(1, asked());
    }

    @Test
    void shouldServeStaleOnError() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60, stale-if-error=60", "Age: 70");
        anonymous("GET", uri);

        scripted.answer(request -> request.response().setStatusCode(503).end("failed"));
        Answer instead = anonymous("GET", uri);
        assertEquals("answer 1", instead.body());
        assertEquals(200, instead.status());
        assertTrue(instead.header("Cache-Status").endsWith("detail=service-failed"), instead.header("Cache-Status"));

        scripted.answer(request -> request.connection().close());
        assertEquals("answer 1", anonymous("GET", uri).body());
        assertEquals(502, anonymous("GET", uri, "Cache-Control: no-cache").status());
        scripted.answer(request -> request.response().setStatusCode(404).end("gone"));
        assertEquals("gone", anonymous("GET", uri).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=1"})
    void shouldNotServeStaleIfTheServiceForbidsIt(String forbidding) throws IOException {
        scripted.answerWith(
                "Cache-Control: max-age=60, stale-if-error=600, stale-while-revalidate=600, " + forbidding, "Age: 70");
        anonymous("GET", uri);
        scripted.answer(request -> request.response().setStatusCode(503).end("failed"));

        assertEquals("failed", anonymous("GET", uri).body());
        assertEquals("failed", anonymous("GET", uri, "Cache-Control: max-stale").body());
    }

    @Test
    void shouldForwardResponsesThatAreTooLargeToStore() throws IOException {
        scripted.answer(request -> {
            request.response().setChunked(true).putHeader("Cache-Control", "max-age=60");
            for (int i = 0; i < 10; i++) {
                request.response().write("x".repeat(100_000));
            }
            request.response().end();
        });

        assertEquals(1_000_000, anonymous("GET", uri).body().length());
        scripted.answer(request ->
                request.response().putHeader("Cache-Control", "max-age=60").end("y".repeat(1_000_000)));
        assertEquals("y".repeat(1_000_000), anonymous("GET", uri).body());
    }

    @Test
    void shouldServeALargeEntryCompletely() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 25_000; i++) {
            text.append(i).append(' ');
        }
        scripted.answer(request -> request.response()
                .setChunked(true)
                .putHeader("Cache-Control", "max-age=60")
                .end(text.toString()));
        anonymous("GET", uri);

        Answer stored = anonymous("GET", uri);

        assertHit(stored);
        assertEquals(text.toString(), stored.body());
    }

    @Test
    void shouldNotStoreIncompleteResponses() throws IOException {
        scripted.answer(request -> {
            request.response().putHeader("Cache-Control", "max-age=60").putHeader("Content-Length", "100");
            request.response().write("part").onSuccess(written -> request.connection()
                    .close());
        });

        assertEquals(502, anonymous("GET", uri).status());

        scripted.answerWith("Cache-Control: max-age=60");
        assertEquals("answer 1", anonymous("GET", uri).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void shouldInvalidateTheTargetOfAnUnsafeRequest(String method) throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        anonymous("GET", uri);

        Answer written = anonymous(method, uri, "Content-Length: 0");

        assertEquals("heliograph; fwd=method", written.header("Cache-Status"));
        assertEquals("answer 3", anonymous("GET", uri).body());
    }

    @Test
    void shouldKeepEntriesAfterAFailedUnsafeRequest() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        anonymous("GET", uri);
        scripted.answer(request -> request.response().setStatusCode(422).end());

        anonymous("PUT", uri, "Content-Length: 0");

        assertHit(anonymous("GET", uri));
    }

    @Test
    void shouldInvalidateLocationAndContentLocation() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        for (String part : new String[] {"/a", "/b", "/c"}) {
            anonymous("GET", uri + part);
        }
        scripted.answer(request -> request.response()
                .setStatusCode(201)
                .putHeader("Location", "http://heliograph.example" + uri + "/a")
                .putHeader("Content-Location", uri + "/b")
                .end());

        anonymous("POST", uri, "Content-Length: 0");

        scripted.answerWith("Cache-Control: max-age=60");
        assertMiss(anonymous("GET", uri + "/a"));
        assertMiss(anonymous("GET", uri + "/b"));
        assertHit(anonymous("GET", uri + "/c"));
    }

    @Test
    void shouldNotInvalidateEntriesOfAnotherHost() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        anonymous("GET", uri + "/a");
        scripted.answer(request -> request.response()
                .setStatusCode(201)
                .putHeader("Location", "http://heliograph.example.evil.example" + uri + "/a")
                .putHeader("Content-Location", "//evil.example" + uri + "/a")
                .end());

        anonymous("POST", uri, "Content-Length: 0");

        assertHit(anonymous("GET", uri + "/a"));
    }

    @Test
    void shouldApplyTheCacheSettingsOfTheRoute() throws IOException {
        String lenient = uri.replace("things", "lenient");
        scripted.answerWith("Content-Type: text/plain");

        assertEquals("answer 1", anonymous("GET", lenient, "X-Tenant: a").body());
        Answer stored = anonymous("GET", lenient, "X-Tenant: a");
        assertHit(stored);
        assertEquals("x-tenant", stored.header("Vary"));
        assertEquals("answer 2", anonymous("GET", lenient, "X-Tenant: b").body());
        assertEquals("answer 3", get(lenient).body());
        assertEquals("answer 4", get(lenient).body());
    }

    @Test
    void shouldServeAClientOfHttp2() throws Exception {
        scripted.answerWith("Cache-Control: max-age=60", "X-Own: 1", "Cache-Tag: a");
        anonymous("GET", uri);
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        try {
            HttpClientResponse stored = client.request(new RequestOptions()
                            .setPort(gateway.getPort())
                            .setHost("localhost")
                            .setURI(uri))
                    .compose(request -> {
                        request.authority(HostAndPort.create("heliograph.example", -1));
                        return request.send();
                    })
                    .compose(response -> response.body().map(response))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);

            assertTrue(
                    stored.getHeader("cache-status").startsWith("heliograph; hit"),
                    stored.headers().toString());
            assertEquals("1", stored.getHeader("x-own"));
            assertEquals("answer 1", stored.body().result().toString());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void shouldCountCacheResults() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        anonymous("GET", uri);
        anonymous("GET", uri);

        String metrics = metrics();

        for (String meter : new String[] {
            "heliograph_gateway_cache_total{result=\"hit\",route=\"/api/things\",}",
            "heliograph_gateway_cache_total{result=\"stored\",route=\"/api/things\",}",
            "heliograph_gateway_cache_bytes ",
            "heliograph_gateway_cache_evictions_total "
        }) {
            assertTrue(metrics.contains(meter), meter);
        }
        assertFalse(metrics.contains(uri));
    }

    @Test
    void shouldRemoveCacheTagsFromResponses() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "Cache-Tag: a, b");

        for (String method : new String[] {"GET", "GET", "PUT"}) {
            assertNull(anonymous(method, uri, "Content-Length: 0").header("Cache-Tag"));
        }
        assertNull(anonymous("GET", uri, "Range: bytes=0-1").header("Cache-Tag"));
        scripted.answerWith("Cache-Control: private", "Cache-Tag: a, b");
        assertNull(anonymous("GET", uri + "/private").header("Cache-Tag"));
    }

    private int asked() {
        return (int) scripted.requests().stream()
                        .filter(request -> request.uri().equals(uri))
                        .count()
                - 1;
    }

    private Answer anonymous(String method, String target, String... headers) throws IOException {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return exchange(method + " " + target + " HTTP/1.1\r\nHost: heliograph.example\r\n" + lines + "\r\n");
    }

    private static void assertHit(Answer answer) {
        assertTrue(
                answer.header("Cache-Status").startsWith("heliograph; hit"),
                answer.headers().toString());
    }

    private static void assertMiss(Answer answer) {
        assertTrue(
                answer.header("Cache-Status").startsWith("heliograph; fwd"),
                answer.headers().toString());
    }

    /** What was left at first, less what has passed since; in whole seconds. */
    private void assertTtl(String format, int seconds, Answer answer) {
        String status = answer.header("Cache-Status");
        assertTrue(
                IntStream.rangeClosed(seconds - 1 - elapsedSeconds(), seconds)
                        .anyMatch(left -> status.equals(String.format(format, left))),
                status);
    }

    private int elapsedSeconds() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    }
}
