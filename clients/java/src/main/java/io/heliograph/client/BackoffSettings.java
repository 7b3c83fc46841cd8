package io.heliograph.client;

import java.time.Duration;

/**
 * Pauses between attempts: a random time between 0 and a bound, which doubles with each failure.
 *
 * @param base the first bound, over 0
 * @param max the largest bound
 */
public record BackoffSettings(Duration base, Duration max) {

    /** Half a second to half a minute. */
    public static final BackoffSettings DEFAULT = new BackoffSettings(Duration.ofMillis(500), Duration.ofSeconds(30));

    public BackoffSettings {
        if (base.isNegative() || base.isZero() || max.compareTo(base) < 0) {
            throw new IllegalArgumentException("base must be over 0, and max at least base");
        }
    }
}
