package io.heliograph.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final BackoffSettings SETTINGS = new BackoffSettings(Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void shouldWaitARandomTimeUpToADoublingBound() {
        Backoff longest = new Backoff(SETTINGS, () -> 1);

        assertEquals(
                List.of(100L, 200L, 400L, 800L, 1_000L, 1_000L),
                LongStream.generate(longest::next).limit(6).boxed().toList());
        longest.reset();
        assertEquals(100, longest.next());
        longest.atLeast(2);
        assertEquals(400, longest.next());
        assertEquals(0, new Backoff(SETTINGS, () -> 0).next());
    }

    @Test
    void shouldStayBoundedAfterManyFailures() {
        Backoff longest = new Backoff(SETTINGS, () -> 1);

        long last = LongStream.generate(longest::next).limit(2_000).reduce(0, (before, next) -> next);

        assertEquals(1_000, last);
    }

    @Test
    void shouldWaitALittleLongerThanRetryAfter() {
        HeliographException.Details details =
                new HeliographException.Details(503, Duration.ofSeconds(2), List.of(), null);
        HeliographException failure = new HeliographException("overloaded", "busy", details, null);

        assertEquals(2_025, new Backoff(SETTINGS, () -> 1).next(failure));
        assertEquals(100, new Backoff(SETTINGS, () -> 1).next(new HeliographException("unreachable", "gone")));
    }
}
