package io.heliograph.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    private static final String DATE = "Mon, 30 Nov 2026 08:00:00 GMT";

    @Test
    void shouldReadSeconds() {
        assertEquals(Optional.of(Duration.ofSeconds(7)), of(Map.of("Retry-After", List.of("7"))));
    }

    @Test
    void shouldCompareADateWithTheDateOfTheResponse() {
        String later = "Mon, 30 Nov 2026 08:01:30 GMT";

        assertEquals(
                Optional.of(Duration.ofSeconds(90)), of(Map.of("retry-after", List.of(later), "date", List.of(DATE))));
        assertEquals(Optional.empty(), of(Map.of("retry-after", List.of(DATE), "date", List.of(later))));
        assertEquals(Optional.empty(), of(Map.of("retry-after", List.of(later))));
    }

    @Test
    void shouldIgnoreInvalidValues() {
        assertEquals(Optional.empty(), of(Map.of()));
        assertEquals(Optional.empty(), of(Map.of("retry-after", List.of("soon"), "date", List.of(DATE))));
        assertEquals(Optional.empty(), of(Map.of("retry-after", List.of("-1"))));
    }

    private static Optional<Duration> of(Map<String, List<String>> headers) {
        return RetryAfter.of(HttpHeaders.of(headers, (name, value) -> true));
    }
}
