package io.heliograph.gateway.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipNegotiationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                          | true",
                "GZip                          | true",
                "x-gzip                        | true",
                "br, gzip;q=0.5                | true",
                "gzip, deflate, br, zstd       | true",
                "*                             | true",
                "gzip;q=0.5, identity;q=0.2    | true",
                "''                            | false",
                "br                            | false",
                "identity                      | false",
                "gzip;q=0                      | false",
                "gzip; q=0.000, *              | false",
                "*;q=0                         | false",
                "gzip;q=0.5, identity          | false",
                "gzip;q=much                   | false",
                "gzipped                       | false"
            })
    void shouldFollowTheWeights(String header, boolean accepted) {
        assertEquals(accepted, GzipNegotiation.acceptsGzip(List.of(header)));
    }

    @Test
    void shouldReadAllHeaders() {
        assertTrue(GzipNegotiation.acceptsGzip(List.of("br", "gzip")));
        assertFalse(GzipNegotiation.acceptsGzip(List.of()));
    }
}
