package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Rate limits that Redis has reported as exceeded, and until when. Until then a request is rejected without asking
 * Redis, with the same result. Not thread-safe.
 */
final class DenialCache {

    /** The bound of entries of some hundred bytes each. Past it Redis is queried more often than necessary. */
    private static final int MAX = 5_000;

    private final Map<String, Denial> entries = new HashMap<>();

    /** The policy is kept, since the configuration may have changed it meanwhile. */
    private record Denial(RateLimitPolicy policy, long untilNanos) {}

    /** Rejects a check if Redis is known to reject it; returns false if Redis must be queried. */
    boolean rejects(RateLimitCheck check, long nowNanos) {
        if (entries.isEmpty()) {
            return false;
        }
        List<RateLimitCharge> charges = check.charges();
        boolean refused = false;
        for (int i = 0; i < charges.size(); i++) {
            long left = leftNanos(charges.get(i), nowNanos);
            refused |= left > 0;
            check.setResult(i, left > 0 ? RateLimitCheck.EXCEEDED : RateLimitCheck.UNKNOWN, millisUp(left));
        }
        return refused;
    }

    /** @param askedNanos when the command was sent, which is before Redis read its clock */
    void record(RateLimitCheck check, long askedNanos) {
        for (int i = 0; i < check.charges().size(); i++) {
            RateLimitCharge charge = check.charges().get(i);
            if (check.isExceeded(i) && !charge.policy().shadow() && hasRoom(askedNanos)) {
                long untilNanos = askedNanos + TimeUnit.MILLISECONDS.toNanos(check.waitMillis(i));
                entries.put(charge.key(), new Denial(charge.policy(), untilNanos));
            }
        }
    }

    private long leftNanos(RateLimitCharge charge, long nowNanos) {
        Denial denial = entries.get(charge.key());
        if (denial == null) {
            return 0;
        }
        long left = denial.untilNanos - nowNanos;
        if (left <= 0 || !denial.policy.equals(charge.policy())) {
            entries.remove(charge.key());
            return 0;
        }
        return left;
    }

    private boolean hasRoom(long nowNanos) {
        if (entries.size() >= MAX) {
            entries.values().removeIf(denial -> denial.untilNanos <= nowNanos);
        }
        return entries.size() < MAX;
    }

    private static int millisUp(long nanos) {
        return (int) TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    }
}
