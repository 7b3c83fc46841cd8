package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.batch.InternalClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InternalListenerTest extends GatewayTest {

    @Inject
    InternalClient internalClient;

    @ParameterizedTest
    @ValueSource(strings = {"", "X-Forwarded-Key: 0\r\n", "X-Forwarded-Key: \r\nX-Forwarded-For: 10.0.0.1\r\n"})
    void shouldCloseOtherConnections(String headers) throws IOException {
        assertTrue(internalClient.port() > 0);
        try (RawClient outsider = new RawClient(internalClient.port())) {
            outsider.send(request("GET", "/api/rooms/x", headers));

            assertThrows(EOFException.class, outsider::read);
        }
    }
}
