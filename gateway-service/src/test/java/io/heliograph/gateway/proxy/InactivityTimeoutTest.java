package io.heliograph.gateway.proxy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.proxy.InactivityTimeout.InactivityTimeouts;
import io.heliograph.gateway.proxy.InactivityTimeout.InactivityTimeouts.MinDataRate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Intervals of ten seconds, 500 bytes per second, and a total timeout of a minute. */
class InactivityTimeoutTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long EVER = TimeUnit.DAYS.toNanos(1);
    private static final int FLOOR = 5_000;

    private final AtomicBoolean client = new AtomicBoolean();
    private final InactivityTimeouts timeouts = new InactivityTimeouts(null, MinDataRate.of(500, 10 * SECOND), 0);
    private final InactivityTimeout timeout =
            new InactivityTimeout(timeouts, () -> EVER, client::get, 60 * SECOND, () -> {});
    /** Safely after the watch has begun, and by less than anything here depends on. */
    private final long start = System.nanoTime();

    @Test
    void shouldAbortWithoutProgressAfterTheTimeout() {
        assertFalse(timeout.isDue(start + 59 * SECOND));
        assertTrue(timeout.isDue(start + 61 * SECOND));
    }

    @Test
    void shouldNotLimitASteadyTransfer() {
        for (int i = 1; i <= 100; i++) {
            timeout.progress(FLOOR);
            assertFalse(timeout.isDue(start + i * 10 * SECOND), "after " + i + " intervals");
            assertFalse(timeout.isDue(start + i * 10 * SECOND + 5 * SECOND), "after " + i + " intervals and a half");
        }
    }

    @Test
    void shouldNotAbortBeforeACompleteInterval() {
        InactivityTimeout brief = new InactivityTimeout(timeouts, () -> EVER, client::get, SECOND, () -> {});
        brief.progress(FLOOR - 1);

        assertFalse(brief.isDue(start + 9 * SECOND));
        assertTrue(brief.isDue(start + 25 * SECOND));
    }

    @Test
    void shouldAbortATransferThatFallsBelowTheMinimumRate() {
        timeout.progress(100 * FLOOR);
        for (int i = 1; i <= 7; i++) {
            timeout.progress(FLOOR);
            assertFalse(timeout.isDue(start + i * 10 * SECOND));
        }

        timeout.progress(FLOOR - 1);

        assertTrue(timeout.isDue(start + 80 * SECOND));
    }

    @Test
    void shouldAbortASlowClientBeforeTheTotalTimeout() {
        client.set(true);
        timeout.progress(FLOOR - 1);

        assertFalse(timeout.isDue(start + 9 * SECOND));
        assertTrue(timeout.isDue(start + 11 * SECOND));
    }

    @Test
    void shouldNotMeasureAClientThatIsNotWaitedFor() {
        client.set(true);
        assertFalse(timeout.isDue(start + 9 * SECOND));
        client.set(false);
        assertFalse(timeout.isDue(start + 11 * SECOND));
        client.set(true);

        assertFalse(timeout.isDue(start + 20 * SECOND));
        assertTrue(timeout.isDue(start + 22 * SECOND));
    }
}
