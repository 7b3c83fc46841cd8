package io.heliograph.gateway.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.cache.CacheEntry.EntryIdentity;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurgeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | true",
                "/api/users/* | true",
                "/api/users/7 | true",
                "/api/*/7 | true",
                "*7 | true",
                "/api/users | false",
                "/api/rooms/* | false",
                "*/8 | false",
                "*a*a*a*a*a*a*a*a*b | false"
            })
    void shouldMatchThePathsOfAPattern(String pattern, boolean means) {
        assertEquals(means, new Purge.OfPaths(pattern).matches(entry("http://h:8080/api/users/7?q=/x")));
    }

    @Test
    void shouldParseItsTextForm() {
        for (Purge purge :
                List.of(new Purge.OfTag("a:b"), new Purge.OfAddress("http://h/a?b=c d"), new Purge.OfPaths("/api/*"))) {
            assertEquals(Optional.of(purge), Purge.parse(purge.toString()));
        }
        assertTrue(Purge.parse("nonsense").isEmpty());
        assertTrue(Purge.parse("other:thing").isEmpty());
    }

    private static CacheEntry entry(String key) {
        return new CacheEntry(
                StoredHeaders.of(200, List.of()),
                Buffer.buffer(),
                null,
                new EntryIdentity(key, VaryHeaders.NONE, new String[0], new String[] {"t"}, 0));
    }
}
