package io.heliograph.message.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Limits the requests of each user on this replica, over HTTP and WebSocket together. After a pause a burst is admitted
 * at once. Thread-safe; the bounds are read at each call.
 */
// Caffeine creates this class by name for entries that are bounded in number and by their last use.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.PSAMS")
public final class RateLimit {

    private static final double SECONDS = 60;
    /** The time after which every bucket is full again and need not be kept. */
    private static final Duration MEMORY = Duration.ofMinutes(1);
    /** Some 150 bytes each. */
    private static final int PEOPLE = 50_000;

    private final DoubleSupplier perSecond;
    private final IntSupplier burst;
    private final LongSupplier nanoTime;
    private final Supplier<String> rule;
    private final Cache<UUID, TokenBucket> buckets =
            Caffeine.newBuilder().maximumSize(PEOPLE).expireAfterAccess(MEMORY).build();

    private RateLimit(DoubleSupplier perSecond, IntSupplier burst, LongSupplier nanoTime, Supplier<String> rule) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.rule = rule;
    }

    /** {@code what} and {@code things} are those of "A person may send 10 messages a second." */
    public static RateLimit perSecond(
            String what, String things, IntSupplier count, IntSupplier burst, LongSupplier nanoTime) {
        return new RateLimit(
                count::getAsInt,
                burst,
                nanoTime,
                () -> "A person may " + what + " " + count.getAsInt() + " " + things + " a second.");
    }

    /**
     * The whole limit as a burst after a minute without requests; {@code what} completes "A person may … 100 times a
     * minute."
     */
    public static RateLimit perMinute(String what, IntSupplier count, LongSupplier nanoTime) {
        return new RateLimit(
                () -> count.getAsInt() / SECONDS,
                count,
                nanoTime,
                () -> "A person may " + what + " " + count.getAsInt() + " times a minute.");
    }

    /** Takes {@code cost} tokens if there are as many; a cost above the burst takes a burst. */
    public boolean admits(UUID person, int cost) {
        return bucket(person).admits(Math.min(cost, burst.getAsInt()));
    }

    /** As {@link #admits}, but throws {@code 429 rate_limited} if there is less left. */
    public void charge(UUID person, int cost) {
        if (!admits(person, cost)) {
            throw ProblemException.tooManyRequests(
                    "rate_limited", rule.get(), bucket(person).untilAdmitted(Math.min(cost, burst.getAsInt())));
        }
    }

    private TokenBucket bucket(UUID person) {
        return buckets.get(person, id -> new TokenBucket(perSecond, burst, nanoTime));
    }
}
