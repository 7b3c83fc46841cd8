package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ForwardingTest extends GatewayTest {

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void shouldForwardEachMethodWithPathQueryAndBody(String method) throws IOException {
        String uri = "/api/rooms/x%20y/messages?before=7&limit=2&q=a%2Fb";

        Answer answer = exchange(request(method, uri, "Content-Length: 13\r\n") + "{\"content\":1}");

        JsonObject seen = new JsonObject(answer.body());
        assertEquals(200, answer.status());
        assertEquals(method, seen.getString("method"));
        assertEquals(uri, seen.getString("uri"));
        assertEquals("{\"content\":1}", seen.getString("body"));
        assertEquals(List.of("application/json"), answer.all("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth", "users", "service-accounts", "rooms", "messages", "ws"})
    void shouldRouteByTheFirstSegment(String resource) throws IOException {
        Answer answer = get("/api/" + resource + "/echo");

        assertEquals("/api/" + resource + "/echo", new JsonObject(answer.body()).getString("uri"));
    }

    @Test
    void shouldForwardAChunkedBody() throws IOException {
        Answer answer = exchange(request("POST", "/api/rooms/echo", "Transfer-Encoding: chunked\r\n")
                + "5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n");

        JsonObject seen = new JsonObject(answer.body());
        assertEquals("hello, world", seen.getString("body"));
        assertTrue(headers(seen).contains("transfer-encoding: chunked"));
    }

    @Test
    void shouldRespondToHeadWithoutABody() throws IOException {
        try (RawClient client = connect()) {
            Answer head = client.send(request("HEAD", "/api/rooms/bytes?n=10&length=1"))
                    .readHead();
            Answer next = client.send(request("GET", "/api/rooms/echo")).read();

            assertEquals("10", head.header("Content-Length"));
            assertEquals(200, next.status());
        }
    }

    @ParameterizedTest
    @CsvSource({"200", "201", "204", "206", "301", "304", "404", "409", "422", "500", "503"})
    void shouldForwardTheStatusAndKeepTheConnection(int status) throws IOException {
        try (RawClient client = connect()) {
            Answer answer = client.send(request("GET", "/api/rooms/status?code=" + status))
                    .read();
            Answer next = client.send(request("GET", "/api/rooms/echo")).read();

            assertEquals(status, answer.status());
            assertEquals("\"1\"", answer.header("ETag"));
            assertEquals(200, next.status());
        }
    }

    @Test
    void shouldServePipelinedRequests() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/rooms/a") + request("POST", "/api/rooms/b", "Content-Length: 2\r\n") + "{}"
                    + request("GET", "/api/rooms/c"));

            for (String room : List.of("a", "b", "c")) {
                assertEquals("/api/rooms/" + room, new JsonObject(client.read().body()).getString("uri"));
            }
        }
    }

    @Test
    void shouldNotForwardHopByHopHeaders() throws IOException {
        Answer answer = get(
                "/api/rooms/echo",
                "Connection: keep-alive, X-Private\r\nX-Private: between us\r\nKeep-Alive: timeout=5\r\n"
                        + "TE: trailers\r\nProxy-Authorization: Basic eA==\r\nProxy-Connection: keep-alive\r\n"
                        + "Upgrade: tls/1.3\r\nX-Public: for all\r\n");

        List<String> seen = headers(new JsonObject(answer.body()));
        assertTrue(seen.contains("x-public: for all"));
        for (String name : List.of("connection", "x-private", "keep-alive", "te", "proxy-", "upgrade", "http2-")) {
            assertTrue(seen.stream().noneMatch(header -> header.startsWith(name)), name + " in " + seen);
        }
    }

    @Test
    void shouldNotForwardHopByHopHeadersOfResponses() throws IOException {
        Answer answer = get("/api/rooms/hop");

        assertEquals("hop", answer.body());
        assertEquals("for all", answer.header("X-Public"));
        for (String name : List.of("Connection", "X-Private", "Keep-Alive", "Proxy-Authenticate", "Upgrade")) {
            assertNull(answer.header(name), name);
        }
    }

    @Test
    void shouldReplaceForwardedHeaders() throws IOException {
        Answer answer = get(
                "/api/rooms/echo",
                "X-User-Id: root\r\nx-user-roles: admin\r\nX-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: https\r\n"
                        + "X-Forwarded-Prefix: /evil\r\nForwarded: for=10.0.0.1\r\nX-Real-IP: 10.0.0.1\r\n"
                        + "X_User_Id: root\r\nx_forwarded_for: 10.0.0.1\r\nTrue-Client-IP: 10.0.0.1\r\n"
                        + "CF-Connecting-IP: 10.0.0.1\r\nX-Original-URL: /evil\r\nX-Rewrite-URL: /evil\r\n"
                        + "Remote-User: root\r\nX-Remote-User: root\r\nX-Client-IP: 10.0.0.1\r\nClient-IP: 10.0.0.1\r\n"
                        + "X-Cluster-Client-IP: 10.0.0.1\r\nX-Auth-Request-User: root\r\n");

        List<String> seen = headers(new JsonObject(answer.body()));
        assertTrue(seen.contains("x-forwarded-for: 127.0.0.1"), seen.toString());
        assertTrue(seen.contains("x-forwarded-proto: http"));
        assertTrue(seen.contains("x-forwarded-host: heliograph.example"));
        assertTrue(seen.contains("forwarded: for=127.0.0.1;proto=http;host=\"heliograph.example\""));
        for (String claim : List.of("x-user-", "x_user_", "x-forwarded-prefix", "10.0.0.1", "root", "evil")) {
            assertTrue(seen.stream().noneMatch(header -> header.contains(claim)), claim + " in " + seen);
        }
    }

    @Test
    void shouldForwardTheTokenAndTheTrace() throws IOException {
        String token = issuer.token(ADA, "ada");
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        Answer answer = exchange("GET /api/rooms/echo HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + token
                + "\r\ntraceparent: " + trace + "\r\n\r\n");

        List<String> seen = headers(new JsonObject(answer.body()));
        assertTrue(seen.contains("authorization: bearer " + token.toLowerCase(Locale.ROOT)));
        assertTrue(seen.contains("traceparent: " + trace));
    }

    @Test
    void shouldKeepAValidRequestId() throws IOException {
        Answer answer = get("/api/rooms/echo", "X-Request-Id: my-id_1.2\r\n");

        assertEquals(List.of("my-id_1.2"), answer.all("X-Request-Id"));
        assertTrue(headers(new JsonObject(answer.body())).contains("x-request-id: my-id_1.2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<script>", "x\ty", "${jndi:ldap://x}"})
    void shouldReplaceAnInvalidRequestId(String id) throws IOException {
        Answer answer = get("/api/rooms/echo", "X-Request-Id: " + id + "\r\n");

        String made = answer.header("X-Request-Id");
        assertEquals(36, made.length());
        assertTrue(headers(new JsonObject(answer.body())).contains("x-request-id: " + made));
    }

    @Test
    void shouldSendServerTiming() throws IOException {
        Answer answer = get("/api/rooms/echo");

        assertEquals(1, answer.all("Server-Timing").size());
        assertTrue(
                answer.header("Server-Timing").matches("total;dur=\\d+\\.\\d{3}, upstream;dur=\\d+\\.\\d{3}"),
                answer.header("Server-Timing"));
        assertNotNull(get("/api/nothing").header("Server-Timing"));
        assertFalse(answer.header("Server-Timing").contains("99999"));
    }

    @Test
    void shouldSendContinue() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("POST", "/api/rooms/echo", "Expect: 100-continue\r\nContent-Length: 5\r\n"));
            assertEquals(100, client.readHead().status());

            Answer answer = client.send("hello").read();

            assertEquals("hello", new JsonObject(answer.body()).getString("body"));
        }
    }

    @Test
    void shouldRespondToAnHttp10Client() throws IOException {
        try (RawClient client = connect()) {
            client.send("GET /api/rooms/bytes?n=70000 HTTP/1.0\r\n" + bearer() + "\r\n");
            Answer head = client.readHead();

            assertNull(head.header("Transfer-Encoding"));
            assertEquals(70_000, client.drain());
        }
    }

    @Test
    void shouldServeAClientOfHttp2() throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        try {
            Buffer body = client.request(HttpMethod.POST, gateway.getPort(), "localhost", "/api/rooms/echo")
                    .compose(request -> request.putHeader("Authorization", "Bearer " + issuer.token(ADA, "ada"))
                            .send("hello"))
                    .compose(HttpClientResponse::body)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);

            assertEquals("hello", new JsonObject(body).getString("body"));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static List<String> headers(JsonObject seen) {
        JsonArray headers = seen.getJsonArray("headers");
        return headers.stream()
                .map(header -> header.toString().toLowerCase(Locale.ROOT))
                .toList();
    }
}
