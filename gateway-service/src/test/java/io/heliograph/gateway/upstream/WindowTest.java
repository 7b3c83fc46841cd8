package io.heliograph.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.upstream.Window.Counts;
import io.heliograph.gateway.upstream.Window.Kind;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Window window = new Window();

    @Test
    void shouldCountByKind() {
        window.add(Kind.GOOD, SECOND);
        window.add(Kind.ERROR, 2 * SECOND);
        window.add(Kind.FAILED, 3 * SECOND);

        assertEquals(new Counts(3, 2, 1), window.sum(3 * SECOND));
    }

    @Test
    void shouldForgetSecondBySecond() {
        for (int second = 1; second <= 25; second++) {
            window.add(Kind.FAILED, second * SECOND);
        }

        assertEquals(new Counts(10, 10, 10), window.sum(25 * SECOND));
        assertEquals(new Counts(4, 4, 4), window.sum(31 * SECOND));
        assertEquals(new Counts(0, 0, 0), window.sum(35 * SECOND));
    }

    @Test
    void shouldWorkWithAClockThatIsNegative() {
        long now = -5 * SECOND;
        window.add(Kind.ERROR, now);
        window.add(Kind.ERROR, now + SECOND);

        assertEquals(new Counts(2, 2, 0), window.sum(now + SECOND));
    }

    @Test
    void shouldNotOverflowIntoAnotherCount() {
        for (int i = 0; i < 70_000; i++) {
            window.add(Kind.FAILED, SECOND);
        }

        assertEquals(new Counts(65_535, 65_535, 65_535), window.sum(SECOND));
    }

    @Test
    void shouldLoseNothingOfManyThreads() {
        IntStream.range(0, 40_000).parallel().forEach(i -> window.add(i % 2 == 0 ? Kind.GOOD : Kind.FAILED, SECOND));

        assertEquals(new Counts(40_000, 20_000, 20_000), window.sum(SECOND));
    }
}
