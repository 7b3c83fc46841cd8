package io.heliograph.rest.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestLabelsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    RequestLabelsTest() {
        registry.config().meterFilter(new RequestLabels());
    }

    @Test
    void shouldHaveOneLabelForUnknownMethods() {
        for (int i = 0; i < 1_000; i++) {
            request("BREW" + i, "NOT_FOUND", "404");
        }
        request("GET", "NOT_FOUND", "404");

        assertEquals(List.of("GET", "OTHER"), tags("method"));
    }

    @Test
    void shouldHaveOneLabelForUnknownPaths() {
        request("GET", "/api/users/{id}", "200");
        request("POST", "/api/auth/login", "200");
        request("POST", "/api/auth/login", "401");
        for (int i = 0; i < 1_000; i++) {
            request("DELETE", "/api/users/" + i, "405");
            request("GET", "/api/users/" + i, "RESET");
        }

        assertEquals(List.of("/api/auth/login", "/api/users/{id}", "UNKNOWN"), tags("uri"));
    }

    @Test
    void shouldNotChangeOtherMeters() {
        registry.counter("other", "method", "BREW").increment();

        assertEquals(1, registry.get("other").tag("method", "BREW").counter().count());
    }

    private void request(String method, String uri, String status) {
        registry.timer("http.server.requests", "method", method, "uri", uri, "status", status);
    }

    private List<String> tags(String name) {
        return registry.find("http.server.requests").timers().stream()
                .map(timer -> timer.getId().getTag(name))
                .distinct()
                .sorted()
                .toList();
    }
}
