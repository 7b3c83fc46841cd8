package io.heliograph.message.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 200", "3, 800", "4, 1000", "30, 1000", "1000, 1000"})
    void shouldDoubleTheBoundUpToTheLongestWait(int doublings, long bound) {
        Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(1000));

        assertThat(IntStream.range(0, 1_000)
                        .mapToLong(i -> backoff.random(doublings).toMillis()))
                .allMatch(wait -> wait >= 50 && wait <= bound)
                .anyMatch(wait -> wait > bound / 2);
    }

    @ParameterizedTest
    @CsvSource({"0", "7"})
    void shouldNeverBeShorterThanTheShortestWait(int doublings) {
        Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2));

        assertThat(backoff.random(doublings)).isEqualTo(Duration.ofSeconds(5));
    }
}
