package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CompressionTest extends GatewayTest {

    private static final String TEXT = "{\"content\": \"the same again\"}\n".repeat(1_000);

    private final String uri = "/api/scripted/" + UUID.randomUUID();
    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCompressForClientsThatAcceptIt(boolean chunked) throws Exception {
        respondWith(chunked, "Content-Type: application/json");

        HttpResponse<byte[]> answer = send(to(uri, "gzip, deflate, br"));

        assertGzip(answer);
        assertTrue(answer.body().length < TEXT.length() / 4, "length: " + answer.body().length);
        assertEquals(List.of("Accept-Encoding"), answer.headers().allValues("Vary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "br", "gzip;q=0"})
    void shouldSendTheBodyAsItIsToOthers(String accepted) throws Exception {
        respondWith(false, "Content-Type: application/json");

        HttpResponse<byte[]> answer = send(to(uri, accepted));

        assertPlain(answer);
        assertEquals(List.of("Accept-Encoding"), answer.headers().allValues("Vary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: image/png", "Cache-Control: no-transform", "Content-Encoding: aes128gcm"})
    void shouldLeaveOtherResponsesAsTheyAre(String header) throws Exception {
        respondWith(false, "Content-Type: application/json", header);

        HttpResponse<byte[]> answer = send(to(uri, "gzip"));

        assertEquals(TEXT, text(answer.body()));
        assertEquals(List.of(), answer.headers().allValues("Vary"));
    }

    @Test
    void shouldNotDelayAStream() throws Exception {
        CompletableFuture<HttpServerResponse> open = new CompletableFuture<>();
        scripted.answer(request -> {
            HttpServerResponse response = request.response().putHeader("Content-Type", "application/x-ndjson");
            response.setChunked(true).write("first\n");
            open.complete(response);
        });

        HttpResponse<InputStream> answer = client.send(to(uri, "gzip").build(), BodyHandlers.ofInputStream());

        try (InputStream body = new GZIPInputStream(answer.body())) {
            assertEquals("first\n", text(body.readNBytes(6)));
            open.join().end("second\n");
            assertEquals("second\n", text(body.readAllBytes()));
        }
    }

    @Test
    void shouldDistinguishTheEntityTagsOfBothForms() throws Exception {
        respondWith(false, "Content-Type: application/json", "ETag: \"7\"");
        assertEquals("\"7\"", tag(send(to(uri, "identity"))));
        assertEquals("\"7--gzip\"", tag(send(to(uri, "gzip"))));

        scripted.answer(request ->
                request.response().setStatusCode(304).putHeader("ETag", "\"7\"").end());
        HttpResponse<byte[]> unchanged = send(to(uri, "gzip").header("If-None-Match", "\"6\", \"7--gzip\""));

        assertEquals("\"6\", \"7\"", scripted.last().getHeader("If-None-Match"));
        assertEquals(304, unchanged.statusCode());
        assertEquals("\"7--gzip\"", tag(unchanged));
        assertEquals(List.of("Accept-Encoding"), unchanged.headers().allValues("Vary"));
    }

    @Test
    void shouldAcceptTheTagOfACompressedResponseInAPrecondition() throws Exception {
        send(to(uri, "gzip").header("If-Match", "\"7--gzip\"").method("PATCH", BodyPublishers.ofString("{}")));

        assertEquals("\"7\"", scripted.last().getHeader("If-Match"));
    }

    @Test
    void shouldDescribeTheCompressedFormToHead() throws Exception {
        respondWith(false, "Content-Type: application/json", "ETag: \"7\"");

        HttpResponse<byte[]> answer = send(to(uri, "gzip").method("HEAD", BodyPublishers.noBody()));

        assertEquals(List.of("gzip"), answer.headers().allValues("Content-Encoding"));
        assertEquals("\"7--gzip\"", tag(answer));
        assertEquals(List.of(), answer.headers().allValues("Content-Length"));
    }

    @Test
    void shouldServeBothFormsFromOneCacheEntry() throws Exception {
        String cached = uri.replace("scripted", "things");
        respondWith(false, "Content-Type: application/json", "Cache-Control: public, max-age=60", "ETag: \"7\"");
        int before = scripted.requests().size();

        assertGzip(send(to(cached, "gzip")));
        assertPlain(send(to(cached, "identity")));
        HttpResponse<byte[]> hit = send(to(cached, "gzip"));

        assertGzip(hit);
        assertEquals(
                hit.body().length,
                hit.headers().firstValueAsLong("Content-Length").orElseThrow());
        assertTrue(hit.headers().firstValue("Cache-Status").orElse("").startsWith("heliograph; hit"));
        assertEquals(before + 1, scripted.requests().size());
        assertEquals(
                304, send(to(cached, "gzip").header("If-None-Match", tag(hit))).statusCode());
    }

    @Test
    void shouldNotCompressRoutesWithSecrets() throws Exception {
        String large = "x".repeat(2_000);

        HttpResponse<byte[]> answer = send(to("/api/auth/echo", "gzip").POST(BodyPublishers.ofString(large)));

        assertEquals(List.of(), answer.headers().allValues("Content-Encoding"));
        assertEquals(large, new JsonObject(text(answer.body())).getString("body"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 200_000})
    void shouldCompressBatchesWithoutSecrets(int size) throws Exception {
        JsonObject content = new JsonObject().put("content", "x".repeat(size));

        HttpResponse<byte[]> open = batch(content, "/api/rooms/echo");
        HttpResponse<byte[]> secret = batch(content, "/api/rooms/echo", "/api/auth/echo");

        assertEquals(List.of("gzip"), open.headers().allValues("Content-Encoding"));
        assertTrue(decoded(open.body()).contains(content.getString("content")));
        assertEquals(List.of(), secret.headers().allValues("Content-Encoding"));
        assertEquals(List.of("no-store, no-transform"), secret.headers().allValues("Cache-Control"));
    }

    @Test
    void shouldServePagesCompressedWithEntityTags() throws Exception {
        HttpResponse<byte[]> plain = send(to("/live/live.js", "identity"));
        HttpResponse<byte[]> answer = send(to("/live/live.js", "gzip"));

        assertEquals(text(plain.body()), decoded(answer.body()));
        assertEquals(List.of("no-cache"), answer.headers().allValues("Cache-Control"));
        assertEquals(List.of("Accept-Encoding"), answer.headers().allValues("Vary"));
        for (HttpResponse<byte[]> seen : List.of(plain, answer)) {
            HttpResponse<byte[]> again = send(to("/live/live.js", "gzip").header("If-None-Match", tag(seen)));
            assertEquals(304, again.statusCode());
            assertEquals(0, again.body().length);
        }
        assertEquals(
                200,
                send(to("/live/live.js", "gzip").header("If-None-Match", "\"other\""))
                        .statusCode());
    }

    @Test
    void shouldCompressALargePageOnce() throws Exception {
        String script = "/docs/swagger-ui-bundle.js";
        String whole = text(send(to(script, "identity")).body());

        await().until(() -> !send(to(script, "gzip"))
                .headers()
                .allValues("Content-Encoding")
                .isEmpty());
        HttpResponse<byte[]> answer = send(to(script, "gzip"));

        assertEquals(whole, decoded(answer.body()));
        assertFalse(tag(answer).isEmpty());
    }

    private void respondWith(boolean chunked, String... headers) {
        scripted.answer(request -> {
            HttpServerResponse response = request.response().setChunked(chunked);
            for (String header : headers) {
                response.putHeader(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(' ') + 1));
            }
            response.end(TEXT);
        });
    }

    private HttpResponse<byte[]> batch(JsonObject body, String... paths) throws Exception {
        JsonArray parts = new JsonArray();
        for (String path : paths) {
            parts.add(new JsonObject()
                    .put("id", path)
                    .put("method", "POST")
                    .put("path", path)
                    .put("body", body));
        }
        return send(to("/api/batch", "gzip")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("requests", parts).encode())));
    }

    private HttpRequest.Builder to(String path, String acceptEncoding) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.getPort() + path))
                .header("Authorization", "Bearer " + issuer.token(ADA, "ada"))
                .header("Accept-Encoding", acceptEncoding);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void assertGzip(HttpResponse<byte[]> answer) throws IOException {
        assertEquals(List.of("gzip"), answer.headers().allValues("Content-Encoding"));
        assertEquals(TEXT, decoded(answer.body()));
    }

    private static void assertPlain(HttpResponse<byte[]> answer) {
        assertEquals(List.of(), answer.headers().allValues("Content-Encoding"));
        assertEquals(TEXT, text(answer.body()));
    }

    private static String tag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElse("");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String decoded(byte[] body) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return text(in.readAllBytes());
        }
    }
}
