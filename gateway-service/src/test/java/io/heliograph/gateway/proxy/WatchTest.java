package io.heliograph.gateway.proxy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Intervals of ten seconds, at 500 bytes a second; all of the time is a minute. */
class WatchTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long EVER = TimeUnit.DAYS.toNanos(1);
    private static final int FLOOR = 5_000;

    private final AtomicBoolean client = new AtomicBoolean();
    private final Watches watches = new Watches(null, Pace.of(500, 10 * SECOND));
    private final Watch watch = new Watch(watches, () -> EVER, client::get, 60 * SECOND, () -> {});
    /** Safely after the watch has begun, and by less than anything here depends on. */
    private final long start = System.nanoTime();

    @Test
    void shouldEndWhatHasTakenItsTimeWithoutMoving() {
        assertFalse(watch.isDue(start + 59 * SECOND));
        assertTrue(watch.isDue(start + 61 * SECOND));
    }

    @Test
    void shouldLetASteadyTransferTakeItsTime() {
        for (int i = 1; i <= 100; i++) {
            watch.moved(FLOOR);
            assertFalse(watch.isDue(start + i * 10 * SECOND), "after " + i + " intervals");
            assertFalse(watch.isDue(start + i * 10 * SECOND + 5 * SECOND), "after " + i + " intervals and a half");
        }
    }

    @Test
    void shouldLetOneGoOnThatHasHadNoWholeInterval() {
        Watch brief = new Watch(watches, () -> EVER, client::get, SECOND, () -> {});
        brief.moved(FLOOR - 1);

        assertFalse(brief.isDue(start + 9 * SECOND));
        assertTrue(brief.isDue(start + 25 * SECOND));
    }

    @Test
    void shouldEndOneThatBecomesSlowerThanTheFloor() {
        watch.moved(100 * FLOOR);
        for (int i = 1; i <= 7; i++) {
            watch.moved(FLOOR);
            assertFalse(watch.isDue(start + i * 10 * SECOND));
        }

        watch.moved(FLOOR - 1);

        assertTrue(watch.isDue(start + 80 * SECOND));
    }

    @Test
    void shouldEndAClientThatIsSlowerThanTheFloorLongBefore() {
        client.set(true);
        watch.moved(FLOOR - 1);

        assertFalse(watch.isDue(start + 9 * SECOND));
        assertTrue(watch.isDue(start + 11 * SECOND));
    }

    @Test
    void shouldNotBlameAClientWhoseTurnItIsNot() {
        client.set(true);
        assertFalse(watch.isDue(start + 9 * SECOND));
        client.set(false);
        assertFalse(watch.isDue(start + 11 * SECOND));
        client.set(true);

        assertFalse(watch.isDue(start + 20 * SECOND));
        assertTrue(watch.isDue(start + 22 * SECOND));
    }
}
