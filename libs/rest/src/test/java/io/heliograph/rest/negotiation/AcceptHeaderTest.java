package io.heliograph.rest.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "*/*                                                | 1",
                "application/json                                   | 1",
                "APPLICATION/JSON                                   | 1",
                "application/*;q=0.5                                | 0.5",
                "text/html, application/xhtml+xml, */*;q=0.8        | 0.8",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2 | 0.2",
                "application/json;q=0, */*                          | 0",
                "*/*;q=1, application/json;q=0.001                  | 0.001",
                "application/*;q=0, application/json                | 1",
                "application/json;q=0                               | 0",
                "application/json ; charset=utf-8 ; q=0.3           | 0.3",
                "text/plain;x=\", application/json;y=\"             | 0",
                "text/plain;x=\"\\\", application/json;y=\"       | 0",
                "foo, application/json                              | 1",
                "application/json;q=2                               | 0",
                "application/json;q=x                               | 0",
                "application/json;q=                                | 0",
                "application/json;q=0.0001                          | 0",
                "text/html                                          | 0",
                "foo                                                | 0",
                "/                                                  | 0",
                "*/json                                             | 0",
                "application/ json                                  | 0",
                "application/vnd.api+json                           | 0",
                ",, ,                                               | 1",
                "^^                                                 | 1",
            })
    void shouldWeighJson(String header, double quality) {
        assertThat(AcceptHeader.parse(List.of(header)).quality(MediaType.APPLICATION_JSON_TYPE))
                .isEqualTo(quality);
    }

    @Test
    void shouldReadAllLinesAsOneList() {
        AcceptHeader header = AcceptHeader.parse(List.of("text/html", "application/json;q=0.4"));

        assertThat(header.quality(MediaType.APPLICATION_JSON_TYPE)).isEqualTo(0.4);
        assertThat(header.quality(MediaType.TEXT_HTML_TYPE)).isEqualTo(1);
    }

    @Test
    void shouldAcceptEverythingWithoutTheHeader() {
        assertThat(AcceptHeader.parse(List.of()).quality(MediaType.APPLICATION_JSON_TYPE))
                .isEqualTo(1);
    }

    @Test
    void shouldReadALongHeaderOfQuotes() {
        assertThat(AcceptHeader.parse(List.of("\"".repeat(60_000))).quality(MediaType.APPLICATION_JSON_TYPE))
                .isEqualTo(0);
    }
}
