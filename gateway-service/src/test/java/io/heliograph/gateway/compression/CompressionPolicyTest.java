package io.heliograph.gateway.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionPolicyTest {

    private final CompressionPolicy policy = TestCompression.policy();
    private final MultiMap headers =
            MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json;charset=UTF-8");

    @ParameterizedTest
    @CsvSource({"-1, true", "1023, false", "1024, true", "1048576, true", "1048577, false", "0, false"})
    void shouldDependOnTheLength(long length, boolean compressible) {
        assertEquals(compressible, policy.isCompressibleEachTime(200, headers, length));
    }

    @Test
    void shouldCompressABodyOfAnyLengthOnce() {
        assertTrue(policy.isCompressible(200, headers, 10_000_000));
    }

    @ParameterizedTest
    @CsvSource({"200, true", "201, true", "404, true", "101, false", "204, false", "206, false", "304, false"})
    void shouldDependOnTheStatus(int status, boolean compressible) {
        assertEquals(compressible, policy.isCompressible(status, headers, 5_000));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, true",
        "TEXT/PLAIN;charset=UTF-8, true",
        "application/problem+json, true",
        "image/svg+xml, true",
        "application/x-ndjson, true",
        "text/javascript, true",
        "text/event-stream, false",
        "application/zip, false",
        "image/png, false",
        "application/octet-stream, false"
    })
    void shouldDependOnTheType(String type, boolean compressible) {
        assertEquals(compressible, policy.isCompressible(200, headers.set("Content-Type", type), 5_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Encoding: br",
                "Content-Range: bytes 0-1999/5000",
                "Cache-Control: max-age=5, No-Transform",
                "Repr-Digest: sha-256=:abc=:"
            })
    void shouldRespectHeadersOfTheService(String header) {
        headers.add(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));

        assertFalse(policy.isCompressible(200, headers, 5_000));
    }

    @Test
    void shouldBeSwitchedOff() {
        assertTrue(policy.isCompressible(200, headers, 5_000));
        assertFalse(TestCompression.policy(Map.of("enabled", "false")).isCompressible(200, headers, 5_000));
        assertFalse(policy.isCompressible(200, headers.remove("Content-Type"), 5_000));
    }

    @Test
    void shouldRejectAnUnknownLevel() {
        Map<String, String> wrong = Map.of("level", "10");

        assertThrows(IllegalArgumentException.class, () -> TestCompression.policy(wrong));
    }
}
