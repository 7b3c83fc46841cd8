package io.heliograph.message.testsupport;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.function.Predicate;

/** Scenarios in which a test has to act before a timeout of the service. */
public final class Retry {

    private static final int ATTEMPTS = 5;
    private static final int GROWTH = 4;

    private Retry() {}

    /** Tries the scenario with a time of 1 to 256 times the first, until it returns that it was fast enough. */
    public static void withMoreTime(Duration first, Predicate<Duration> scenario) {
        Duration time = first;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (scenario.test(time)) {
                return;
            }
            time = time.multipliedBy(GROWTH);
        }
        fail("not within " + time.dividedBy(GROWTH));
    }
}
