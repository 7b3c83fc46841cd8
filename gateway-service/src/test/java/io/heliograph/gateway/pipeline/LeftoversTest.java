package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusual requests, each of which gets a response. */
@QuarkusTest
class LeftoversTest extends GatewayTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: h2c\r\n",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n",
                "Connection: Upgrade\r\nUpgrade: h2c\r\n",
                "Connection: Upgrade\r\nUpgrade: foo\r\n",
                "Upgrade: foo, h2c\r\n",
                "Upgrade: TLS/1.3\r\n",
                "Upgrade:\r\n",
            })
    void shouldIgnoreAnUnknownUpgrade(String headers) throws IOException {
        for (String method : new String[] {"GET", "POST"}) {
            Answer answer = exchange(request(method, "/api/rooms/echo", headers + "Content-Length: 2\r\n") + "hi");

            assertEquals(200, answer.status());
            JsonObject asked = new JsonObject(answer.body());
            assertFalse(asked.getJsonArray("headers").encode().contains("Upgrade"), asked::encode);
            assertEquals("hi", asked.getString("body"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a%41", "%", "%4", "a%", "a:65536", "a:b", ":80", "[::1", "[", "]", "[]", "::1", "a%00", "a:1:2"
            })
    void shouldRejectAnInvalidHost(String host) throws IOException {
        Answer answer = exchange("GET /api/rooms/echo HTTP/1.1\r\nHost: " + host + "\r\n" + bearer() + "\r\n");

        assertEquals(400, answer.status());
        assertEquals("invalid_request", code(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a.b:80", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080", "1.2.3", "a_b~c-d", "a:"})
    void shouldAcceptAValidHost(String host) throws IOException {
        Answer answer = exchange("GET /api/rooms/echo HTTP/1.1\r\nHost: " + host + "\r\n" + bearer() + "\r\n");

        assertEquals(200, answer.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": 1, \"path\": \"/api/rooms/x\"}",
                "{\"id\": 1, \"method\": null, \"path\": \"/api/rooms/x\"}",
                "{\"id\": 1, \"method\": 5, \"path\": \"/api/rooms/x\"}",
                "{\"id\": 1, \"method\": [], \"path\": \"/api/rooms/x\"}",
                "{\"id\": 1, \"method\": \"get\", \"path\": \"/api/rooms/x\"}",
                "{\"id\": 1, \"method\": \"GET\"}",
                "{\"id\": 1, \"method\": \"GET\", \"path\": null}",
                "{\"id\": 1, \"method\": \"GET\", \"path\": 5}",
                "{\"method\": \"GET\", \"path\": \"/api/rooms/x\"}",
                "{\"id\": null, \"method\": \"GET\", \"path\": \"/api/rooms/x\"}",
                "{\"id\": {}, \"method\": \"GET\", \"path\": \"/api/rooms/x\"}",
                "{\"id\": 1e400, \"method\": \"GET\", \"path\": \"/api/rooms/x\"}",
                "{}",
                "null",
                "5",
                "[]",
            })
    void shouldReportTheErrorsOfAPart(String part) throws IOException {
        Answer answer = batch("{\"requests\": [" + part + "]}", "");

        assertEquals(400, answer.status());
        assertEquals("invalid_request", code(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "{}", "[]", "{\"requests\": null}", "{\"requests\": {}}", "\"x\""})
    void shouldReportTheErrorsOfABatch(String body) throws IOException {
        Answer answer = batch(body, "");

        assertEquals(400, answer.status());
        assertEquals("invalid_request", code(answer));
    }

    @Test
    void shouldReportACompressedBatchAsUnsupportedMediaType() throws IOException {
        Answer answer = batch("\u001f\u008b", "Content-Encoding: gzip\r\n");

        assertEquals(415, answer.status());
        assertEquals("unsupported_media_type", code(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html;charset=UTF-8",
        "/chat.js, text/javascript;charset=UTF-8",
        "/chat.css, text/css;charset=UTF-8"
    })
    void shouldSendTheContentTypeOfAPageForHead(String path, String type) throws IOException {
        String head = " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        Answer whole = exchange("GET" + head);
        try (RawClient client = connect()) {
            Answer answer = client.send("HEAD" + head).readHead();

            assertEquals(200, answer.status());
            assertEquals(whole.header("Content-Type"), answer.header("Content-Type"));
            assertTrue(answer.header("Content-Type").startsWith(type.substring(0, 8)), answer::toString);
        }
    }

    @Test
    void shouldServeTheDescriptionWithASlashToo() throws IOException {
        Answer answer = exchange("GET /api/docs/ HTTP/1.1\r\nHost: a\r\n\r\n");

        assertEquals(200, answer.status());
        assertTrue(answer.header("Content-Type").startsWith("text/html"));
    }

    @Test
    void shouldSendAPageForNotFoundToABrowser() throws IOException {
        String head = "GET /no/such/page HTTP/1.1\r\nHost: a\r\n";

        Answer page = exchange(head + "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n\r\n");
        Answer problem = exchange(head + "Accept: */*\r\n\r\n");

        assertEquals(404, page.status());
        assertEquals("text/html;charset=UTF-8", page.header("Content-Type"));
        assertTrue(page.header("Content-Security-Policy").contains("default-src 'none'"));
        assertTrue(page.body().contains("<title>Not found</title>"));
        assertEquals(404, problem.status());
        assertEquals("not_found", code(problem));
    }

    private Answer batch(String body, String headers) throws IOException {
        return exchange(request(
                        "POST",
                        "/api/batch",
                        "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n" + headers)
                + body);
    }
}
