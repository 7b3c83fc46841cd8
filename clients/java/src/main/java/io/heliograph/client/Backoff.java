package io.heliograph.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Exponential backoff with full jitter: a random time between 0 and a bound that doubles with each failure, so that
 * clients that fail together do not retry together. Not safe for use by several threads.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and
 *     jitter</a>
 */
final class Backoff {

    private final BackoffSettings settings;
    private final DoubleSupplier random;
    private int failures;

    Backoff(BackoffSettings settings) {
        this(settings, () -> ThreadLocalRandom.current().nextDouble());
    }

    Backoff(BackoffSettings settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /** The next pause in milliseconds. */
    long next() {
        double bound = settings.base().toMillis() * Math.pow(2, failures++);
        return (long) (random.getAsDouble() * Math.min(settings.max().toMillis(), bound));
    }

    /** The next pause after a response that may have {@code Retry-After}. */
    long next(HeliographException failure) {
        // A little later than requested, so that clients with the same response do not return together.
        long jitter = next();
        return failure.retryAfter().map(wait -> wait.toMillis() + jitter / 4).orElse(jitter);
    }

    /** Begins at this many failures at least: for a server that is known to need time. */
    void atLeast(int count) {
        failures = Math.max(failures, count);
    }

    void reset() {
        failures = 0;
    }
}
