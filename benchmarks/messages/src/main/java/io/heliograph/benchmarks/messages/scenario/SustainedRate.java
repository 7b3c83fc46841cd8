package io.heliograph.benchmarks.messages.scenario;

import java.time.Duration;
import java.util.Locale;

/**
 * Finds the highest rate at which a server delivers 99 of 100 messages to all members in time. Decreases the rate until
 * it is sustained, then increases it.
 */
final class SustainedRate {

    /** The delivery time that users perceive as immediate. */
    static final double IN_TIME_MILLIS = 200;

    private static final double DOWN = 1.25;
    private static final double UP = 1.2;
    /** The maximum number of steps in each direction: a factor of about 14 down and 9 up. */
    private static final int STEPS = 12;

    private final FanOut fanOut;
    private final Duration trial;
    private double rate;

    /** @param first the initial rate, in deliveries per second */
    SustainedRate(FanOut fanOut, double first, Duration trial) {
        this.fanOut = fanOut;
        this.rate = first;
        this.trial = trial;
    }

    /** Returns a rate that is sustained. The next search starts there. */
    FanOut.Result any() {
        FanOut.Result sustained = fanOut.atRate(rate, trial);
        for (int step = 1; !isSustained(sustained); step++) {
            if (step > STEPS) {
                throw new IllegalStateException(String.format(Locale.ROOT, "does not sustain %.0f deliveries/s", rate));
            }
            rate /= DOWN;
            sustained = fanOut.atRate(rate, trial);
        }
        return sustained;
    }

    FanOut.Result highest() {
        FanOut.Result sustained = any();
        for (int step = 1; step <= STEPS; step++) {
            FanOut.Result next = fanOut.atRate(rate * UP, trial);
            if (!isSustained(next)) {
                return sustained;
            }
            sustained = next;
            rate *= UP;
        }
        return sustained;
    }

    private static boolean isSustained(FanOut.Result result) {
        return result.latencies().millis(99) <= IN_TIME_MILLIS;
    }
}
