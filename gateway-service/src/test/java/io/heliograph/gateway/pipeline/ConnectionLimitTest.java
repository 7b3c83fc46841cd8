package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConnectionLimitTest extends GatewayTest {

    private static final int SOCKETS = 20;

    @Test
    void shouldCountWebSocketsUntilTheyAreClosed() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            RawClient client = connect();
            clients.add(client);
            assertEquals(101, client.send(upgradeOfSomeone()).readHead().status());
        }
        // Connections that earlier tests kept may close at any time, so only the difference counts.
        await().until(() -> connections() >= SOCKETS);
        long open = connections();

        for (RawClient client : clients) {
            client.close();
        }

        await().until(() -> connections() <= open - SOCKETS);
        assertFalse(metrics().contains("vertx_http_connections"));
    }

    /** One user may have few; see Upstreams. */
    private String upgradeOfSomeone() {
        return "GET /api/jobs/tunnel HTTP/1.1\r\nHost: heliograph.example\r\nAuthorization: Bearer "
                + issuer.token(UUID.randomUUID(), "someone")
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    private long connections() throws IOException {
        String name = "heliograph_gateway_connections ";
        String line = metrics()
                .lines()
                .filter(each -> each.startsWith(name))
                .findFirst()
                .orElseThrow();
        return (long) Double.parseDouble(line.substring(name.length()));
    }
}
