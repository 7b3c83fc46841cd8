package io.heliograph.gateway.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.cache.CachedResponseWriter.Preconditions;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreconditionsTest {

    private static final StoredHeaders STORED =
            StoredHeaders.of(200, List.of("ETag", "\"a,b\"", "Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a,b\" | true",
                "W/\"a,b\" | true",
                "* | true",
                "\"x\", W/\"y\" ,\"a,b\" | true",
                "\"x\" | false",
                "\"a | false",
                "a,b | false",
                "\"xa,b\" | false",
                "'' | false"
            })
    void shouldCompareTagsWeakly(String ifNoneMatch, boolean notModified) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("If-None-Match", ifNoneMatch);

        assertEquals(notModified, Preconditions.isNotModified(headers, STORED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT | true",
                "Sunday, 06-Nov-94 08:49:37 GMT | true",
                "Sun Nov  6 08:49:37 1994 | true",
                "Sun, 06 Nov 1994 08:49:38 GMT | true",
                "Sun, 06 Nov 1994 08:49:36 GMT | false",
                "yesterday | false"
            })
    void shouldCompareDates(String ifModifiedSince, boolean notModified) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("If-Modified-Since", ifModifiedSince);

        assertEquals(notModified, Preconditions.isNotModified(headers, STORED));
    }

    @ParameterizedTest
    @CsvSource({"200,true", "404,false"})
    void shouldPreferEntityTagsToDatesAndIgnoreErrors(int status, boolean notModified) {
        StoredHeaders stored =
                StoredHeaders.of(status, List.of("ETag", "W/\"1\"", "Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"));
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("If-None-Match", "\"1\"")
                .add("If-Modified-Since", "Sun, 06 Nov 1990 08:49:37 GMT");

        assertEquals(notModified, Preconditions.isNotModified(headers, stored));
    }
}
