package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol detection and timeouts over TLS, where the protocol is known later. */
@QuarkusTest
class TlsTest extends GatewayTest {

    /** Set by {@link SelfSigned}. */
    private final int securePort = ConfigProvider.getConfig().getValue("quarkus.http.ssl-port", int.class);

    SSLContext tls;

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void shouldNegotiateTheProtocolByAlpn(Version version) throws Exception {
        HttpClient client = client(version);
        for (String body : List.of("", "hello")) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(uri("https", "/api/rooms/echo?a=b"))
                            .header("Authorization", "Bearer " + issuer.token(ADA, "ada"))
                            .method(
                                    body.isEmpty() ? "GET" : "POST",
                                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());

            assertEquals(200, response.statusCode());
            assertEquals(version, response.version());
            JsonObject seen = new JsonObject(response.body());
            assertEquals("/api/rooms/echo?a=b", seen.getString("uri"));
            assertEquals(body, seen.getString("body"));
            JsonArray headers = seen.getJsonArray("headers");
            assertTrue(headers.contains("X-Forwarded-Proto: https"), headers::encode);
            assertTrue(headers.contains("X-Forwarded-Host: localhost:" + securePort), headers::encode);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void shouldRequireATokenThereToo(Version version) throws Exception {
        HttpResponse<String> response = client(version)
                .send(HttpRequest.newBuilder(uri("https", "/api/rooms/echo")).build(), BodyHandlers.ofString());

        assertEquals(401, response.statusCode());
        assertEquals(version, response.version());
    }

    @Test
    void shouldForwardAWebSocket() {
        List<String> texts = new CopyOnWriteArrayList<>();
        // Too long for one record of TLS.
        String message = "x".repeat(100_000);
        WebSocket socket = client(Version.HTTP_1_1)
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + issuer.token(ADA, "ada"))
                .buildAsync(uri("wss", "/api/rooms/socket"), new Listener(texts))
                .join();

        socket.sendText(message, true).join();

        await().until(() -> String.join("", texts).endsWith(message));
        assertTrue(texts.get(0).startsWith("welcome Bearer "));
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        await().until(() -> good.sockets() == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The head of a record that does not come.
                "\u0016\u0003\u0001\u0002\u0000",
                // A part of a greeting.
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                ""
            })
    void shouldTimeOutOnAMissingHandshake(String beginning) throws IOException {
        TestBounds.headerTimeout(Duration.ofMillis(300));
        try (RawClient client = new RawClient(securePort)) {
            client.send(beginning);

            client.drain();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http/1.1", "h2"})
    void shouldTimeOutOnAMissingRequestAfterTheHandshake(String protocol) throws IOException {
        TestBounds.headerTimeout(Duration.ofSeconds(1));
        try (RawClient client = handshakeInTime(protocol)) {
            client.drain();
        }
    }

    @Test
    void shouldTimeOutOnAnIncompleteHead() throws IOException {
        TestBounds.headerTimeout(Duration.ofSeconds(1));
        try (RawClient client = handshakeInTime("http/1.1")) {
            Answer late =
                    client.send("GET /api/rooms/echo HTTP/1.1\r\nHost: h\r\nX-").read();

            assertEquals(408, late.status());
            assertEquals("request_timeout", code(late));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http/1.1"})
    void shouldParseRequestsAsStrictly(String protocol) throws IOException {
        try (RawClient client = handshake(protocol)) {
            assertEquals(
                    200, client.send(request("GET", "/api/rooms/echo")).read().status());

            Answer refused = client.send("POST /api/rooms/echo HTTP/1.1\r\nHost: h\r\n" + bearer()
                            + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                            + request("GET", "/api/rooms/smuggled-over-tls"))
                    .read();

            assertEquals(400, refused.status());
            assertEquals("invalid_request", code(refused));
            assertEquals("", client.readToEnd());
        }
        assertTrue(!good.has("smuggled-over-tls"));
    }

    @Test
    void shouldRejectPlainTextOnATlsPort() throws IOException {
        int before = good.requests();
        try (RawClient client = new RawClient(securePort)) {
            client.send(request("GET", "/api/rooms/echo")).drain();
        }
        assertEquals(before, good.requests());
    }

    /** The first handshake that is done before the head times out, as it may not be on a busy machine. */
    private RawClient handshakeInTime(String protocol) {
        return await().ignoreException(IOException.class).until(() -> handshake(protocol), Objects::nonNull);
    }

    private RawClient handshake(String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", securePort);
        if (!protocol.isEmpty()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        assertEquals(protocol, socket.getApplicationProtocol());
        return new RawClient(socket);
    }

    private HttpClient client(Version version) {
        return HttpClient.newBuilder().sslContext(tls).version(version).build();
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://localhost:" + securePort + path);
    }

    private record Listener(List<String> texts) implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            texts.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
