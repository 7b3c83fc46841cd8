package io.heliograph.rest.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

    private static Optional<Metadata> read(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return Metadata.read(parser);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"b\" : 1, \"a\" : [ true, null, \"é\" ] } | {\"b\":1,\"a\":[true,null,\"é\"]}",
                "{\"price\":1.10,\"id\":12345678901234567890123}     | {\"price\":1.10,\"id\":12345678901234567890123}",
                "{\"zero\":-0,\"small\":1e-2}                        | {\"zero\":0,\"small\":0.01}",
                "{\"line\":\"a\\nb\"}                                | {\"line\":\"a\\nb\"}",
                "{}                                                  | {}"
            })
    void shouldKeepAnObjectUnchangedWithoutWhiteSpace(String given, String kept) throws IOException {
        assertThat(read(given).orElseThrow().json()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "\"text\"", "1", "null", "{\"n\":1e400}", "{\"half\":\"\\ud83d\"}", "{\"\\udc00\":1}"})
    void shouldRejectInvalidOrAmbiguousObjects(String given) throws IOException {
        assertThat(read(given)).isEmpty();
    }

    @Test
    void shouldBoundItsDepth() throws IOException {
        assertThat(read("{\"a\":{\"b\":[{\"c\":{}}]}}")).isPresent();
        assertThat(read("{\"a\":{\"b\":[{\"c\":{\"d\":[]}}]}}")).isEmpty();
    }

    @Test
    void shouldBoundItsSizeInBytes() throws IOException {
        int frame = "{\"a\":\"\"}".length();
        String most = "é".repeat((Metadata.MAX_BYTES - frame) / 2);
        assertThat(read("{ \"a\": \"" + most + "\"}")).isPresent();
        assertThat(read("{\"a\":\"" + most + "é\"}")).isEmpty();
    }

    @Test
    void shouldReadNothingBehindTheObject() throws IOException {
        try (JsonParser parser = new JsonFactory().createParser("[{\"a\":1},2]")) {
            parser.nextToken();
            parser.nextToken();

            assertThat(Metadata.read(parser)).isPresent();

            parser.nextToken();
            assertThat(parser.getIntValue()).isEqualTo(2);
        }
    }
}
