package io.heliograph.gateway.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.security.CorsPolicy.AllowedOrigins;
import io.heliograph.gateway.security.CorsPolicy.WebSocketOriginPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

    @Test
    void shouldContainOnlyTheConfiguredOrigins() {
        AllowedOrigins origins =
                AllowedOrigins.parse("key", List.of("https://Chat.example", " http://localhost:3000", "https://a:443"));

        assertTrue(origins.contains("https://chat.example"));
        assertTrue(origins.contains("http://localhost:3000"));
        assertTrue(origins.contains("https://a"));
        for (String other : List.of(
                "http://chat.example",
                "https://chat.example:8443",
                "https://chat.example.evil.example",
                "https://evilchat.example",
                "https://chat.example/",
                "null",
                "*",
                "")) {
            assertFalse(origins.contains(other), other);
        }
    }

    @Test
    void shouldContainAllOriginsWithAStar() {
        assertTrue(AllowedOrigins.parse("key", List.of("*")).contains("https://anyone.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example",
                "https://",
                "https://a/",
                "https://a?b",
                "https://u@a",
                "null",
                "",
                "https://*.a",
                "a b"
            })
    void shouldRejectAnInvalidOrigin(String text) {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> AllowedOrigins.parse("heliograph.gateway.cors.origins", List.of("https://good", text)));

        assertTrue(refused.getMessage().startsWith("heliograph.gateway.cors.origins: \"" + text + "\""));
    }

    @Test
    void shouldRejectAStarAmongOrigins() {
        assertThrows(IllegalArgumentException.class, () -> AllowedOrigins.parse("key", List.of("https://good", "*")));
    }

    @ParameterizedTest
    @CsvSource({"25H, false, max-age", "-1S, false, max-age", "1H, true, credentials"})
    void shouldNotStartWithAnInvalidCorsConfiguration(String maxAge, boolean credentials, String key) {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> cors(new Settings(Duration.parse("PT" + maxAge), credentials)));

        assertTrue(refused.getMessage().startsWith("heliograph.gateway.cors." + key), refused.getMessage());
    }

    private static CorsFilter cors(CorsConfig config) {
        return new CorsFilter(config, new CorsPolicy(config), new WebSocketOriginPolicy(config));
    }

    private record Settings(Duration maxAge, boolean credentials) implements CorsConfig {
        @Override
        public Optional<List<String>> origins() {
            return Optional.of(List.of("*"));
        }

        @Override
        public List<String> methods() {
            return List.of();
        }

        @Override
        public List<String> headers() {
            return List.of();
        }

        @Override
        public List<String> exposedHeaders() {
            return List.of();
        }

        @Override
        public Optional<List<String>> socketOrigins() {
            return Optional.empty();
        }
    }
}
