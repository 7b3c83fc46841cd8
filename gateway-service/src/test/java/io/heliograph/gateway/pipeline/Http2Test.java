package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class Http2Test extends GatewayTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2MultiplexingLimit(1_000)
            .setHttp2MaxPoolSize(1));

    private record Reply(int status, String body, HttpVersion version) {

        JsonObject json() {
            return new JsonObject(body);
        }
    }

    @AfterEach
    void stop() {
        join(vertx.close());
    }

    @Test
    void shouldServeAClientWithPriorKnowledge() {
        Reply reply = get("/api/rooms/echo?a=b");

        assertEquals(200, reply.status());
        assertEquals(HttpVersion.HTTP_2, reply.version());
        assertEquals("/api/rooms/echo?a=b", reply.json().getString("uri"));
        JsonArray headers = reply.json().getJsonArray("headers");
        assertTrue(headers.contains("X-Forwarded-Host: heliograph.example"), headers::encode);
        assertTrue(headers.contains("X-Forwarded-Proto: http"), headers::encode);
    }

    @Test
    void shouldEncodeCharactersThatBrowsersSendUnencoded() {
        // The first request is sent with the settings, the second after them.
        for (int i = 0; i < 2; i++) {
            Reply reply = get("/api/rooms/echo?q={a}|^`\\\"<>%7C");

            assertEquals(200, reply.status());
            assertEquals(
                    "/api/rooms/echo?q=%7Ba%7D%7C%5E%60%5C%22%3C%3E%7C",
                    reply.json().getString("uri"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void shouldServeAClientThatUpgradesToHttp2(String method) throws Exception {
        java.net.http.HttpClient upgrading = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_2)
                .build();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = upgrading.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.getPort() + "/api/rooms/echo"))
                            .header("Authorization", "Bearer " + issuer.token(ADA, "ada"))
                            .method(
                                    method,
                                    method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("hi"))
                            .build(),
                    BodyHandlers.ofString());

            assertEquals(200, response.statusCode());
            // Which it does by HTTP/1.1: no upgrade is agreed to.
            assertEquals(java.net.http.HttpClient.Version.HTTP_1_1, response.version());
            assertEquals(method.equals("GET") ? "" : "hi", new JsonObject(response.body()).getString("body"));
        }
    }

    @Test
    void shouldCarryManyRequestsOnOneConnection() {
        List<Future<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            replies.add(send(HttpMethod.POST, "/api/rooms/echo?n=" + i, Buffer.buffer("body " + i)));
        }

        for (int i = 0; i < 150; i++) {
            Reply reply = join(replies.get(i));
            assertEquals("body " + i, reply.json().getString("body"));
            assertEquals("/api/rooms/echo?n=" + i, reply.json().getString("uri"));
        }
    }

    @Test
    void shouldStreamLargeBodiesInBothDirections() {
        Buffer large = Buffer.buffer(new byte[20 * 1024 * 1024]);

        assertEquals(
                "20971520", join(send(HttpMethod.PUT, "/api/rooms/sink", large)).body());
        assertEquals(20_971_520, get("/api/rooms/bytes?n=20971520").body().length());
    }

    @Test
    void shouldEnlargeTheWindowWhileTheServiceReadsALargeBody() {
        HttpConnection connection = connection();
        int usual = connection.remoteSettings().getInitialWindowSize();
        HttpClientRequest upload = join(client.request(options(HttpMethod.PUT, "/api/rooms/sink")));
        upload.putHeader("Authorization", "Bearer " + issuer.token(ADA, "ada"))
                .setChunked(true)
                .sendHead();

        for (int i = 0; i < 4; i++) {
            upload.write(Buffer.buffer(new byte[512 * 1024]));
        }
        await().until(() -> connection.remoteSettings().getInitialWindowSize() == 4 * 1024 * 1024);
        HttpClientResponse response = join(upload.end().compose(sent -> upload.response()));

        assertEquals(200, response.statusCode());
        await().until(() -> connection.remoteSettings().getInitialWindowSize() == usual);
        assertEquals(262_144, usual);
    }

    @Test
    void shouldRejectWithAProblemAsOverHttp1() {
        Reply large = join(send(HttpMethod.POST, "/api/rooms/sink", Buffer.buffer(), "Content-Length", "300000000"));
        Reply path = get("/api/rooms//x");

        assertEquals(413, large.status());
        assertEquals("body_too_large", large.json().getString("code"));
        assertEquals("ambiguous_path", path.json().getString("code"));
        assertEquals(200, get("/api/rooms/echo").status());
    }

    @Test
    void shouldRejectABodyThatTurnsOutTooLarge() {
        Buffer tooLarge = Buffer.buffer(new byte[90 * 1024 * 1024]);

        Reply reply = join(send(HttpMethod.POST, "/api/rooms/sink", tooLarge));

        assertEquals(413, reply.status());
    }

    @Test
    void shouldRejectLargeHeaders() {
        Reply reply = join(send(HttpMethod.GET, "/api/rooms/echo", null, "X-Large", "x".repeat(20_000)));

        assertEquals(431, reply.status());
        assertEquals("headers_too_large", reply.json().getString("code"));
    }

    @Test
    void shouldRetryAndReportTheFailure() {
        bad.forget();

        Reply reply = get("/api/jobs/hang-up");

        assertEquals(502, reply.status());
        assertEquals("upstream_failed", reply.json().getString("code"));
        assertEquals(3, bad.requests());
    }

    @Test
    void shouldAnnounceTheLimitsOfAConnection() {
        HttpConnection connection = connection();

        await().until(() -> connection.remoteSettings().getMaxConcurrentStreams() == 100);
        assertEquals(65_536, connection.remoteSettings().getMaxHeaderListSize());
    }

    @Test
    void shouldCloseAConnectionThatResetsItsRequests() {
        int before = good.requests();
        HttpConnection connection = connection();
        AtomicInteger closed = new AtomicInteger();
        connection.closeHandler(gone -> closed.incrementAndGet());

        for (int i = 0; i < 1_000 && closed.get() == 0; i++) {
            client.request(options(HttpMethod.GET, "/api/rooms/silent"))
                    .onSuccess(request -> request.sendHead().onComplete(sent -> request.reset()));
        }

        await().until(() -> closed.get() == 1);
        assertTrue(good.requests() - before < 500);
    }

    @Test
    void shouldRejectConnect() {
        int before = good.requests();

        client.request(options(HttpMethod.CONNECT, "/api/rooms/echo")).onSuccess(HttpClientRequest::connect);

        assertEquals(200, get("/api/rooms/echo").status());
        assertEquals(before + 1, good.requests());
    }

    @Test
    void shouldNotForwardConnectionHeaders() {
        assertFalse(answered("Connection", "X-Private"));
        assertFalse(answered("Transfer-Encoding", "chunked"));
        assertFalse(answered("Keep-Alive", "timeout=5"));
        assertFalse(answered("Upgrade", "websocket"));
    }

    @Test
    void shouldEndAnEventStreamWhenTheClientDisconnects() {
        HttpClientRequest request = join(client.request(options(HttpMethod.GET, "/api/rooms/events")));
        request.putHeader("Authorization", "Bearer " + issuer.token(ADA, "ada"));
        HttpClientResponse response = join(request.send());
        AtomicInteger parts = new AtomicInteger();
        response.handler(chunk -> parts.incrementAndGet());
        await().until(() -> parts.get() >= 2 && good.streams() == 1);

        request.reset();

        await().until(() -> good.streams() == 0);
    }

    /** Whether a request with this header, which HTTP/2 does not know, was served as if nothing was wrong. */
    private boolean answered(String name, String value) {
        try {
            Reply reply = join(send(HttpMethod.GET, "/api/rooms/echo", null, name, value));
            return reply.status() == 200
                    && reply.json().getJsonArray("headers").encode().contains(name + ": " + value);
        } catch (CompletionException refused) {
            return false;
        }
    }

    private HttpConnection connection() {
        return join(client.request(options(HttpMethod.GET, "/api/rooms/echo"))
                .compose(request -> request.send().map(response -> request.connection())));
    }

    private Reply get(String uri) {
        return join(send(HttpMethod.GET, uri, null));
    }

    private Future<Reply> send(HttpMethod method, String uri, Buffer body, String... header) {
        return client.request(options(method, uri)).compose(request -> {
            request.putHeader("Authorization", "Bearer " + issuer.token(ADA, "ada"));
            if (header.length == 2) {
                request.putHeader(header[0], header[1]);
            }
            Future<HttpClientResponse> response = body == null ? request.send() : stream(request, body);
            return response.compose(
                    head -> head.body().map(bytes -> new Reply(head.statusCode(), bytes.toString(), head.version())));
        });
    }

    /** With no length, as HTTP/2 allows, and in pieces, so that it can be refused in between. */
    private static Future<HttpClientResponse> stream(HttpClientRequest request, Buffer body) {
        request.setChunked(!request.headers().contains("Content-Length")).sendHead();
        for (int at = 0; at < body.length(); at += 1024 * 1024) {
            request.write(body.getBuffer(at, Math.min(body.length(), at + 1024 * 1024)));
        }
        if (request.isChunked()) {
            request.end();
        }
        return request.response();
    }

    private RequestOptions options(HttpMethod method, String uri) {
        return new RequestOptions()
                .setMethod(method)
                .setServer(io.vertx.core.net.SocketAddress.inetSocketAddress(gateway.getPort(), "localhost"))
                .setHost("heliograph.example")
                .setPort(80)
                .setURI(uri);
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
