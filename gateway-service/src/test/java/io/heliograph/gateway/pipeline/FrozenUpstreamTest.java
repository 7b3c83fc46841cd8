package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

/** One of two instances accepts connections and never responds; clients time out after a second. */
@QuarkusTest
class FrozenUpstreamTest extends GatewayTest {

    private static final int CLIENT_TIMEOUT_MILLIS = 1_000;

    @Test
    void shouldUseTheOtherInstanceAfterAbortedRequests() {
        await().until(() -> {
            tryForASecond();
            return metrics().contains("heliograph_gateway_upstream_instances{state=\"open\",upstream=\"frozen\",} 1.0");
        });

        for (int i = 0; i < 50; i++) {
            assertEquals(200, getPatiently());
        }
    }

    private void tryForASecond() throws IOException {
        try (RawClient client = connect()) {
            client.timeout(CLIENT_TIMEOUT_MILLIS);
            client.send(request("GET", "/api/frozen/text")).read();
        } catch (SocketTimeoutException frozen) {
            // As expected of every other request.
        }
    }

    private int getPatiently() {
        try {
            return get("/api/frozen/text").status();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
