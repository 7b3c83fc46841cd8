package io.heliograph.gateway.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheDirectivesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | 60",
                "MAX-AGE=60 | 60",
                "public ,  max-age = 60 | 60",
                "max-age=\"60\" | 60",
                "max-age=0060 | 60",
                "max-age=60, max-age=5 | 5",
                "max-age=5, max-age=60 | 5",
                "max-age=abc | 0",
                "max-age=-1 | 0",
                "max-age=1.5 | 0",
                "max-age= | 0",
                "max-age | 0",
                "max-age=60, max-age=abc | 0",
                "max-age=99999999999999999999999 | 2147483648",
                "no-store | -1",
                "x-max-age=60 | -1",
                ",,, | -1"
            })
    void shouldParseTimesLeniently(String line, long seconds) {
        assertEquals(seconds, CacheDirectives.of(List.of(line)).seconds("max-age"));
    }

    @Test
    void shouldIgnoreQuotedDirectives() {
        CacheDirectives directives = CacheDirectives.of(List.of("private=\"set-cookie, no-store\", max-age=1"));

        assertTrue(directives.has("private"));
        assertFalse(directives.has("no-store"));
        assertEquals(1, directives.seconds("max-age"));
    }

    @Test
    void shouldReadDirectivesAfterAnUnclosedQuote() {
        assertTrue(CacheDirectives.of(List.of("x=\"open, no-store")).has("no-store"));
        assertTrue(CacheDirectives.of(List.of("x=\"a\\\", no-store")).has("no-store"));
    }

    @Test
    void shouldReadAllLines() {
        CacheDirectives directives = CacheDirectives.of(List.of("public", "max-age=7, no-transform"));

        assertTrue(directives.has("public") && directives.has("no-transform"));
        assertEquals(7, directives.seconds("max-age"));
    }
}
