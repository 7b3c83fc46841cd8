package io.heliograph.message.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.message.problem.Refusal;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What each person may cost the database in a second, on this replica, over all connections and over HTTP together. After
 * a silence a burst is admitted at once. From any thread.
 */
public final class UserBudget {

    /** Those who ask for nothing for so long begin with a full bucket again. */
    private static final Duration MEMORY = Duration.ofMinutes(1);
    /** Some 150 bytes each. */
    private static final int PEOPLE = 50_000;

    private final IntSupplier perSecond;
    private final IntSupplier burst;
    private final LongSupplier nanoTime;
    private final Cache<UUID, TokenBucket> buckets =
            Caffeine.newBuilder().maximumSize(PEOPLE).expireAfterAccess(MEMORY).build();

    /** With bounds that are read at each call. */
    public UserBudget(IntSupplier perSecond, IntSupplier burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
    }

    /** Takes {@code cost} if there is so much left; what costs more than a burst costs a burst. */
    public boolean admits(UUID person, int cost) {
        return bucket(person).admits(Math.min(cost, burst.getAsInt()));
    }

    /** As {@link #admits}, but throws {@code 429 rate_limited} if there is less left. */
    public void charge(UUID person, int cost) {
        if (!admits(person, cost)) {
            throw Refusal.tooMany(
                    "rate_limited",
                    "A person may send " + perSecond.getAsInt() + " messages a second.",
                    bucket(person).untilAdmitted(Math.min(cost, burst.getAsInt())));
        }
    }

    private TokenBucket bucket(UUID person) {
        return buckets.get(person, id -> new TokenBucket(perSecond::getAsInt, burst, nanoTime));
    }
}
