package io.heliograph.localstack.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void shouldGiveEachPortOnce() {
        Set<Integer> ports = new HashSet<>();
        for (int number = 0; number < 500; number++) {
            assertTrue(ports.add(FreePorts.next()));
        }
    }

    @Test
    void shouldNotReturnThePortOfAnotherProcessUntilThatEnds() throws Exception {
        Process other = OtherJvm.start(PortHolder.class, List.of());
        int port = Integer.parseInt(other.inputReader().readLine());

        assertFalse(FreePorts.lock(port));

        other.destroyForcibly().waitFor();
        assertTrue(FreePorts.lock(port));
    }

    @Test
    void shouldNotGiveAPortTwiceWithinAProcess() {
        int port = FreePorts.next();

        assertFalse(FreePorts.lock(port));
    }

    /** Holds a port on which nothing listens yet. */
    public static final class PortHolder {

        private PortHolder() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println(FreePorts.next());
            System.in.read();
        }
    }
}
