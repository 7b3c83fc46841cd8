package io.heliograph.gateway.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.net.HostAndPort;
import org.junit.jupiter.api.Test;

class HostValidatorTest {

    private static final String ALPHABET = "a1.:[]%~";
    private static final int LONGEST = 6;

    /** Whatever is taken is read by Vert.x, which asks before any handler is asked, and throws at some. */
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
