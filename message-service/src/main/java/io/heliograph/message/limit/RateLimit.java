package io.heliograph.message.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.message.problem.Refusal;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** How often each person may do something in a minute, on this replica; all of it at once after a minute of silence. */
public final class RateLimit {

    private static final double SECONDS = 60;
    /** Those who did nothing for a minute have a full bucket again, and need not be remembered. */
    private static final Duration MEMORY = Duration.ofSeconds(60);
    /** Some 150 bytes each. */
    private static final int PEOPLE = 50_000;

    private final String what;
    private final IntSupplier perMinute;
    private final LongSupplier nanoTime;
    private final Cache<UUID, TokenBucket> buckets =
            Caffeine.newBuilder().maximumSize(PEOPLE).expireAfterAccess(MEMORY).build();

    /** {@code what} completes "A person may … 100 times a minute." */
    public RateLimit(String what, IntSupplier perMinute, LongSupplier nanoTime) {
        this.what = what;
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    /** Counts once more; throws {@code 429 rate_limited} if that is too often. */
    public void charge(UUID person) {
        TokenBucket bucket =
                buckets.get(person, id -> new TokenBucket(() -> perMinute.getAsInt() / SECONDS, perMinute, nanoTime));
        if (!bucket.admits()) {
            throw Refusal.tooMany(
                    "rate_limited",
                    "A person may " + what + " " + perMinute.getAsInt() + " times a minute.",
                    bucket.untilNext());
        }
    }
}
