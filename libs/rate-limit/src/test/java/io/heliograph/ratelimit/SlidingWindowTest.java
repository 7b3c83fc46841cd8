package io.heliograph.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingWindowTest {

    @Test
    void shouldCountForTheWindowAndForATenthMoreAtMost() {
        SlidingWindow window = new SlidingWindow(new Rate(5, 1_000));

        window.add(4_250);

        assertEquals(1, window.used(5_250));
        assertEquals(1, window.used(5_299));
        assertEquals(0, window.used(5_300));
    }

    @Test
    void shouldCalculateWhenUsageDecreases() {
        SlidingWindow window = new SlidingWindow(new Rate(5, 1_000));
        window.add(4_250);
        window.add(4_900);

        int wait = window.waitMillis(5_000);

        assertEquals(2, window.used(5_000 + wait - 1));
        assertEquals(1, window.used(5_000 + wait));
    }

    @Test
    void shouldBeEmptyAfterALongPause() {
        SlidingWindow window = new SlidingWindow(new Rate(5, 1_000));
        window.add(1);
        window.add(900);

        assertEquals(0, window.used(1_000_000));
        assertEquals(1_000, window.waitMillis(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 10, 99, 1_000, 60_000})
    void shouldNeverAdmitMoreThanTheLimitInAnyWindow(long windowMillis) {
        Random random = new Random(windowMillis);
        SlidingWindow window = new SlidingWindow(new Rate(20, windowMillis));
        Deque<Long> admitted = new ArrayDeque<>();
        long now = -windowMillis;
        int most = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(10) == 0 ? random.nextLong(windowMillis * 2) : random.nextLong(windowMillis / 15 + 1);
            if (window.used(now) < 20) {
                window.add(now);
                admitted.add(now);
            }
            while (!admitted.isEmpty() && admitted.peek() <= now - windowMillis) {
                admitted.remove();
            }
            assertTrue(admitted.size() <= 20);
            most = Math.max(most, admitted.size());
        }
        assertEquals(20, most);
    }
}
