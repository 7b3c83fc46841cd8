package io.heliograph.localstack.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void shouldPreferTheConfiguredPortToTheDefault() {
        int wish = FreePorts.next();

        assertEquals(wish, Ports.usual(Map.of("gateway", wish)).of("gateway"));
    }

    @Test
    void shouldUseAFreePortForAnotherReplica() {
        Ports ports = Ports.usual(Map.of());

        assertNotEquals(ports.of("message-2"), ports.of("message-3"));
    }

    @Test
    void shouldReportATakenPortAndHowToChooseAnother() throws IOException {
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = Ports.usual(Map.of("redis", occupant.getLocalPort()));

            StackFailure failure = assertThrows(StackFailure.class, () -> ports.of("redis"));

            assertTrue(
                    failure.getMessage().startsWith("Port " + occupant.getLocalPort() + " (redis) is taken"),
                    failure.getMessage());
            assertTrue(failure.getMessage().contains("--port redis="), failure.getMessage());
        }
    }
}
