package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each upstream but {@code broken} has a bad instance and a good one. */
@QuarkusTest
class ResilienceTest extends GatewayTest {

    /** Enough requests for the bad instance to be selected first at least once. */
    private static final int MANY = 20;

    /** No more than may be repeated at the start, if all of them have to. */
    private static final int IN_BUDGET = 10;

    @BeforeEach
    void forget() {
        bad.forget();
    }

    @ParameterizedTest
    @CsvSource({
        "previews/x,     502, connection_refused",
        "broken/hang-up, 502, connection_terminated",
        "broken/garbage, 502, http_protocol_error",
        "timed/silent,   504, http_response_timeout"
    })
    void shouldSendProxyStatus(String path, int status, String error) throws IOException {
        Answer answer = get("/api/" + path);

        assertEquals(status, answer.status());
        assertEquals("heliograph; error=" + error, answer.header("Proxy-Status"));
        assertTrue(metrics().contains("reason=\"" + error + "\""), error);
    }

    @Test
    void shouldResendASmallBodyToAnotherInstance() throws IOException {
        for (int i = 0; i < MANY; i++) {
            Answer answer = exchange(request("PUT", "/api/resend/hang-up", "Content-Length: 5\r\n") + "hello");

            assertEquals(200, answer.status());
            assertEquals("hello", new JsonObject(answer.body()).getString("body"));
        }

        assertTrue(bad.requests() > 0, "never tried");
    }

    @Test
    void shouldResendAChunkedBodyToTheOtherInstance() throws IOException {
        for (int i = 0; i < 4; i++) {
            try (RawClient client = connect()) {
                client.send(request("PUT", "/api/resend/hang-up", "Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n");
                client.send("7\r\n, world\r\n0\r\n\r\n");

                Answer answer = client.read();

                assertEquals(200, answer.status());
                assertEquals("hello, world", new JsonObject(answer.body()).getString("body"));
            }
        }
    }

    @Test
    void shouldNotResendARequestThatMayHaveBeenProcessed() throws IOException {
        for (int i = 0; i < MANY; i++) {
            int before = bad.requests() + good.requests();

            Answer answer = exchange(request("POST", "/api/once/hang-up", "Content-Length: 2\r\n") + "{}");

            assertTrue(List.of(200, 502).contains(answer.status()));
            assertEquals(before + 1, bad.requests() + good.requests());
        }

        assertTrue(bad.requests() > 0, "never tried");
        assertTrue(bad.requests() <= 5, "out after five failures in a row");
    }

    @Test
    void shouldTryAnotherInstanceWhenOneDoesNotRespond() throws IOException {
        for (int i = 0; i < MANY && bad.requests() == 0; i++) {
            assertEquals(200, get("/api/mute/mute").status());
        }

        assertEquals(1, bad.requests());
    }

    @Test
    void shouldTryAnotherInstanceWhenOneDrains() throws IOException {
        for (int i = 0; i < IN_BUDGET || (i < MANY && bad.requests() == 0); i++) {
            assertEquals(200, get("/api/leaving/leaving").status());
        }

        assertTrue(bad.requests() > 0, "never tried");
    }

    @Test
    void shouldRetryAnyMethodAtAnotherInstanceAfterAnUnprocessedRequest() throws IOException {
        for (int i = 0; i < IN_BUDGET || (i < MANY && bad.requests() == 0); i++) {
            Answer answer = exchange(request("POST", "/api/parting/parting", "Content-Length: 2\r\n") + "{}");
            assertEquals(200, answer.status());
        }

        assertTrue(bad.requests() > 0, "never tried");
    }

    @Test
    void shouldForwardADrainResponseIfARetryIsNotSafe() throws IOException {
        Answer answer = exchange(request("POST", "/api/broken/leaving", "Content-Length: 2\r\n") + "{}");

        assertEquals(503, answer.status());
        assertEquals("1", answer.header("Retry-After"));
    }

    @Test
    void shouldNotRetryAfterTheResponseHasBegun() throws IOException {
        get("/api/broken/head-only");

        assertEquals(1, bad.requests());
    }

    @Test
    void shouldShowItsUpstreams() throws IOException {
        get("/api/crashed/hang-up");

        String metrics = metrics();

        for (String meter : List.of(
                "heliograph_gateway_upstream_connections{state=\"in_use\",upstream=\"crashed\",}",
                "heliograph_gateway_upstream_connections{state=\"idle\",upstream=\"crashed\",}",
                "heliograph_gateway_upstream_connections{state=\"awaited\",upstream=\"crashed\",}",
                "heliograph_gateway_upstream_instances{state=\"closed\",upstream=\"crashed\",} 2.0",
                "heliograph_gateway_upstream_instances{state=\"open\",upstream=\"crashed\",} 0.0",
                "heliograph_gateway_upstream_instances{state=\"half_open\",upstream=\"crashed\",} 0.0")) {
            assertTrue(metrics.contains(meter), meter);
        }
    }
}
