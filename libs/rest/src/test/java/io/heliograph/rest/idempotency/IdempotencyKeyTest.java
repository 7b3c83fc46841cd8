package io.heliograph.rest.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.rest.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "8e03978e-40d5 | 8e03978e-40d5",
                "\"8e03978e-40d5\" | 8e03978e-40d5",
                "\"a \\\"b\\\" \\\\c\" | a \"b\" \\c",
                "a\"b | a\"b"
            })
    void shouldReadAStringWithAndWithoutItsQuotes(String header, String key) {
        assertThat(IdempotencyKey.of(header)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"open", "\"a\";b=1", "\"a\" b", "\"\\n\"", "\"a\\", "a\tb"})
    void shouldRejectAnInvalidKey(String header) {
        assertThatThrownBy(() -> IdempotencyKey.of(header)).isInstanceOf(ProblemException.class);
    }

    @Test
    void shouldBoundItsLength() {
        assertThat(IdempotencyKey.of("é".repeat(IdempotencyKey.MAX_LENGTH))).isNotNull();
        assertThatThrownBy(() -> IdempotencyKey.of("x".repeat(IdempotencyKey.MAX_LENGTH + 1)))
                .isInstanceOf(ProblemException.class);
        assertThat(IdempotencyKey.of(null)).isNull();
    }
}
