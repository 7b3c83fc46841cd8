package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Headers that {@code Connection} lists are not forwarded, and the gateway ignores them too. */
@QuarkusTest
class ConnectionHeadersTest extends GatewayTest {

    @Test
    void shouldNotForwardListedHeaders() throws IOException {
        Answer answer = get(
                "/api/rooms/echo",
                "Connection: close, X-One , ,\tACCEPT-LANGUAGE\r\nConnection: cookie\r\n",
                "X-One: 1\r\nX-One: 2\r\nAccept-Language: de\r\nCookie: a=b\r\nX-Two: 2\r\n");

        String headers = headers(answer).encode();
        assertFalse(headers.contains("X-One"), headers);
        assertFalse(headers.contains("Accept-Language"), headers);
        assertFalse(headers.contains("Cookie"), headers);
        assertTrue(headers.contains("X-Two: 2"), headers);
    }

    @Test
    void shouldKeepTheHeadersOfTheGateway() throws IOException {
        Answer answer = exchange(request(
                        "POST",
                        "/api/rooms/echo",
                        "Connection: X-Request-Id, X-Forwarded-For, X-Forwarded-Host, Forwarded, Expect\r\n",
                        "X-Request-Id: of-the-client\r\nContent-Length: 5\r\n")
                + "hello");

        String id = answer.header("X-Request-Id");
        JsonArray headers = headers(answer);
        assertNotEquals("of-the-client", id);
        assertTrue(headers.contains("X-Request-Id: " + id), headers::encode);
        assertTrue(headers.contains("X-Forwarded-For: 127.0.0.1"), headers::encode);
        assertTrue(headers.contains("X-Forwarded-Host: heliograph.example"), headers::encode);
        assertEquals("hello", new JsonObject(answer.body()).getString("body"));
    }

    @Test
    void shouldExcludeListedHeadersFromTheCacheKey() throws IOException {
        scripted.answerWith();
        String uri = "/api/lenient/nominated";

        assertEquals("answer 1", plain(uri, "Connection: X-Tenant\r\nX-Tenant: a\r\n"));
        assertEquals("answer 2", plain(uri, "X-Tenant: a\r\n"));
        assertEquals("answer 1", plain(uri, ""));
    }

    private String plain(String uri, String headers) throws IOException {
        return exchange("GET " + uri + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n")
                .body();
    }

    private static JsonArray headers(Answer answer) {
        return new JsonObject(answer.body()).getJsonArray("headers");
    }
}
