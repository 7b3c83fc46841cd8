package io.heliograph.gateway.accesslog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogEntryTest {

    @ParameterizedTest
    @ValueSource(strings = {"curl/8", "Mozilla/5.0 (\u00e9t\u00e9)", "\u65e5\u672c/1 \ud83d\ude00"})
    void shouldDecodeAUserAgentAsUtf8(String meant) {
        // As the parser gives it: each byte a character.
        String parsed = new String(meant.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertEquals(meant, AccessLogEntry.utf8(parsed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9t\u00e9", "a\u00ffb"})
    void shouldNotChangeInvalidUtf8(String latin) {
        assertEquals(latin, AccessLogEntry.utf8(latin));
    }
}
