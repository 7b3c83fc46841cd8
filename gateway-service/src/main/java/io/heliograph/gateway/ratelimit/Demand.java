package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.routing.LimitPolicy;
import io.heliograph.ratelimit.RateLimitBatch;
import java.util.List;
import java.util.function.Consumer;

/** One request, what it is charged to, and what was decided: all of its policies admit it, or none is charged. */
final class Demand {

    /** What is left of a policy that has no room for the request. */
    static final int OVER = RateLimitBatch.OVER;

    /** Of a policy that nothing is known about, since the request was refused before it was asked. */
    static final int UNKNOWN = -2;

    /** A count: the policy, and the key of what it counts. */
    record Charge(LimitPolicy policy, String key) {}

    private final List<Charge> charges;
    private final int[] left;
    private final int[] waitMillis;
    private final Consumer<Demand> whenDecided;
    private final long startNanos = System.nanoTime();

    Demand(List<Charge> charges, Consumer<Demand> whenDecided) {
        this.charges = charges;
        this.left = new int[charges.size()];
        this.waitMillis = new int[charges.size()];
        this.whenDecided = whenDecided;
    }

    List<Charge> charges() {
        return charges;
    }

    long startNanos() {
        return startNanos;
    }

    /** @param waitMillis until more is left */
    void learn(int charge, int left, int waitMillis) {
        this.left[charge] = left;
        this.waitMillis[charge] = waitMillis;
    }

    void decided() {
        whenDecided.accept(this);
    }

    int left(int charge) {
        return left[charge];
    }

    int waitMillis(int charge) {
        return waitMillis[charge];
    }

    boolean isOver(int charge) {
        return left[charge] == OVER;
    }

    /** The charge that refuses the request, of several the one that does so for longest; -1 if it is admitted. */
    int refusal() {
        int longest = -1;
        for (int i = 0; i < left.length; i++) {
            boolean refuses = isOver(i) && !charges.get(i).policy().shadow();
            if (refuses && (longest < 0 || waitMillis[i] > waitMillis[longest])) {
                longest = i;
            }
        }
        return longest;
    }
}
