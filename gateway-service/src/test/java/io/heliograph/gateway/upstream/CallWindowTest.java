package io.heliograph.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.upstream.CircuitBreaker.CallWindow;
import io.heliograph.gateway.upstream.CircuitBreaker.CallWindow.CallCounts;
import io.heliograph.gateway.upstream.CircuitBreaker.CallWindow.CallOutcome;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallWindowTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final CallWindow window = new CallWindow();

    @Test
    void shouldCountByKind() {
        window.record(CallOutcome.SUCCESS, SECOND);
        window.record(CallOutcome.ERROR, 2 * SECOND);
        window.record(CallOutcome.FAILURE, 3 * SECOND);

        assertEquals(new CallCounts(3, 2, 1), window.sum(3 * SECOND));
    }

    @Test
    void shouldExpireSecondBySecond() {
        for (int second = 1; second <= 25; second++) {
            window.record(CallOutcome.FAILURE, second * SECOND);
        }

        assertEquals(new CallCounts(10, 10, 10), window.sum(25 * SECOND));
        assertEquals(new CallCounts(4, 4, 4), window.sum(31 * SECOND));
        assertEquals(new CallCounts(0, 0, 0), window.sum(35 * SECOND));
    }

    @Test
    void shouldWorkWithNegativeNanoTime() {
        long now = -5 * SECOND;
        window.record(CallOutcome.ERROR, now);
        window.record(CallOutcome.ERROR, now + SECOND);

        assertEquals(new CallCounts(2, 2, 0), window.sum(now + SECOND));
    }

    @Test
    void shouldNotOverflowIntoAnotherCount() {
        for (int i = 0; i < 70_000; i++) {
            window.record(CallOutcome.FAILURE, SECOND);
        }

        assertEquals(new CallCounts(65_535, 65_535, 65_535), window.sum(SECOND));
    }

    @Test
    void shouldCountConcurrentCalls() {
        IntStream.range(0, 40_000)
                .parallel()
                .forEach(i -> window.record(i % 2 == 0 ? CallOutcome.SUCCESS : CallOutcome.FAILURE, SECOND));

        assertEquals(new CallCounts(40_000, 20_000, 20_000), window.sum(SECOND));
    }
}
