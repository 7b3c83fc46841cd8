package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No content of a request becomes a label, since labels take memory until the process ends. */
@QuarkusTest
class LabelTest extends GatewayTest {

    private static final String MADE_UP = "XMADEUP";

    @Test
    void shouldUseNoContentOfARequestAsALabel() throws IOException {
        try (RawClient client = connect()) {
            for (int i = 0; i < 20; i++) {
                for (String target : List.of("/api/rooms/", "/api/" + MADE_UP, "/" + MADE_UP, "/.well-known/")) {
                    String head = " " + target + MADE_UP + i + "?" + MADE_UP + "=" + i + " HTTP/1.1\r\nHost: " + MADE_UP
                            + ".example\r\nOrigin: https://" + MADE_UP + i + "\r\nX-" + MADE_UP + i + ": a\r\n"
                            + "User-Agent: " + MADE_UP + "\r\nContent-Type: " + MADE_UP + "/" + i + "\r\n";
                    client.send(MADE_UP + i + head + bearer() + "\r\n");
                    client.read();
                    client.send("GET" + head + bearer() + "\r\n");
                    client.read();
                }
            }
        }

        String metrics = metrics();
        assertEquals(
                List.of(),
                metrics.lines().filter(sample -> sample.contains(MADE_UP)).toList());
        assertTrue(metrics.contains("http_server_requests_seconds_count{method=\"OTHER\""), metrics);
    }

    @Test
    void shouldChargeRequestsWithADisallowedMethod() throws IOException {
        Answer answer = exchange(request("BREW", "/api/limited/" + MADE_UP));

        assertEquals(405, answer.status());
        assertNotNull(answer.header("RateLimit"), answer::toString);
    }
}
