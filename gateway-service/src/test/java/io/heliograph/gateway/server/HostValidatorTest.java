package io.heliograph.gateway.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.net.HostAndPort;
import org.junit.jupiter.api.Test;

class HostValidatorTest {

    private static final String ALPHABET = "a1.:[]%~";
    private static final int LONGEST = 6;

    /** Vert.x must be able to parse every accepted host, since it does so before any handler and throws on others. */
    @Test
    void shouldRejectWhatVertxCannotParse() {
        int[] taken = {0};
        check("", taken);

        assertTrue(taken[0] > 1_000, taken[0] + " were taken");
    }

    private void check(String host, int[] taken) {
        if (HostValidator.isValid(host)) {
            taken[0]++;
            HostAndPort read = assertDoesNotThrow(() -> HostAndPort.parseAuthority(host, -1), host);
            assertNotNull(read, host);
        }
        if (host.length() < LONGEST) {
            for (int i = 0; i < ALPHABET.length(); i++) {
                check(host + ALPHABET.charAt(i), taken);
            }
        }
    }
}
