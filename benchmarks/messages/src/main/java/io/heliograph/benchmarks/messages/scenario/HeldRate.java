package io.heliograph.benchmarks.messages.scenario;

import java.time.Duration;
import java.util.Locale;

/** Finds the highest rate at which a server tells 99 of 100 messages to everyone in time: down until it does, then up. */
final class HeldRate {

    /** What people take for at once. */
    static final double IN_TIME_MILLIS = 200;

    private static final double DOWN = 1.25;
    private static final double UP = 1.2;
    /** Down, then it holds a tenth of what it does at its own pace; up, then it is five times as fast as that. */
    private static final int STEPS = 12;

    private final FanOut fanOut;
    private final Duration trial;
    private double rate;

    /** @param first the deliveries a second to begin with */
    HeldRate(FanOut fanOut, double first, Duration trial) {
        this.fanOut = fanOut;
        this.rate = first;
        this.trial = trial;
    }

    /** One that is held at all; the next search begins there. */
    FanOut.Result any() {
        FanOut.Result held = fanOut.atRate(rate, trial);
        for (int step = 1; !isHeld(held); step++) {
            if (step > STEPS) {
                throw new IllegalStateException(String.format(Locale.ROOT, "does not hold %.0f deliveries/s", rate));
            }
            rate /= DOWN;
            held = fanOut.atRate(rate, trial);
        }
        return held;
    }

    FanOut.Result highest() {
        FanOut.Result held = any();
        for (int step = 1; step <= STEPS; step++) {
            FanOut.Result next = fanOut.atRate(rate * UP, trial);
            if (!isHeld(next)) {
                return held;
            }
            held = next;
            rate *= UP;
        }
        return held;
    }

    private static boolean isHeld(FanOut.Result result) {
        return result.latencies().millis(99) <= IN_TIME_MILLIS;
    }
}
