package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.Demand.Charge;
import io.heliograph.gateway.routing.LimitPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which counts Redis has said to be used up, and until when: nothing can come back earlier, so whoever floods the
 * gateway is refused exactly as Redis would, without asking it. Not thread-safe.
 */
final class Denials {

    /** Some hundred bytes each. Past it Redis is asked more often than it must be, and nothing else is lost. */
    private static final int MAX = 5_000;

    private final Map<String, Denial> denials = new HashMap<>();

    /** The policy may have been changed since. */
    private record Denial(LimitPolicy policy, long untilNanos) {}

    /** Refuses a request if it is known that Redis would; false if it must be asked. */
    boolean refuse(Demand demand, long nowNanos) {
        if (denials.isEmpty()) {
            return false;
        }
        List<Charge> charges = demand.charges();
        boolean refused = false;
        for (int i = 0; i < charges.size(); i++) {
            long left = leftNanos(charges.get(i), nowNanos);
            refused |= left > 0;
            demand.learn(i, left > 0 ? Demand.OVER : Demand.UNKNOWN, millisUp(left));
        }
        return refused;
    }

    /** @param askedNanos when Redis was asked, which is before it looked at its clock */
    void learn(Demand demand, long askedNanos) {
        for (int i = 0; i < demand.charges().size(); i++) {
            Charge charge = demand.charges().get(i);
            if (demand.isOver(i) && !charge.policy().shadow() && hasRoom(askedNanos)) {
                long untilNanos = askedNanos + TimeUnit.MILLISECONDS.toNanos(demand.waitMillis(i));
                denials.put(charge.key(), new Denial(charge.policy(), untilNanos));
            }
        }
    }

    private long leftNanos(Charge charge, long nowNanos) {
        Denial denial = denials.get(charge.key());
        if (denial == null) {
            return 0;
        }
        long left = denial.untilNanos - nowNanos;
        if (left <= 0 || !denial.policy.equals(charge.policy())) {
            denials.remove(charge.key());
            return 0;
        }
        return left;
    }

    private boolean hasRoom(long nowNanos) {
        if (denials.size() >= MAX) {
            denials.values().removeIf(denial -> denial.untilNanos <= nowNanos);
        }
        return denials.size() < MAX;
    }

    private static int millisUp(long nanos) {
        return (int) TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    }
}
