package io.heliograph.message.limit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff with full jitter: waits are drawn at random below a bound that doubles with each failure, so that
 * those that failed together do not retry together.
 *
 * @param least the shortest wait
 * @param base the bound before the first doubling
 * @param most the longest wait
 */
public record Backoff(Duration least, Duration base, Duration most) {

    /** Beyond this any base would exceed any bound, or overflow. */
    private static final int MAX_DOUBLINGS = 30;

    /** The wait after so many doublings. */
    public Duration random(int doublings) {
        long bound = Math.min(most.toMillis(), base.toMillis() << Math.min(doublings, MAX_DOUBLINGS));
        long shortest = least.toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(shortest, Math.max(shortest, bound) + 1));
    }
}
