package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.heliograph.ratelimit.RateLimitBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The check of one request against all of its policies, and its result: all admit it, or none is charged. */
final class RateLimitCheck {

    /** The remaining requests of a policy that rejects the request. */
    static final int EXCEEDED = RateLimitBatch.OVER;

    /** The remaining requests of a policy are unknown, since Redis was not asked. */
    static final int UNKNOWN = -2;

    /** A policy, and the key under which it counts the request. */
    record RateLimitCharge(RateLimitPolicy policy, String key) {}

    private final List<RateLimitCharge> charges;
    private final int[] remaining;
    private final int[] waitMillis;
    private final Consumer<RateLimitCheck> onComplete;
    private final long startNanos = System.nanoTime();

    RateLimitCheck(List<RateLimitCharge> charges, Consumer<RateLimitCheck> whenDecided) {
        this.charges = charges;
        this.remaining = new int[charges.size()];
        this.waitMillis = new int[charges.size()];
        this.onComplete = whenDecided;
    }

    List<RateLimitCharge> charges() {
        return charges;
    }

    long startNanos() {
        return startNanos;
    }

    /** @param waitMillis the time until more requests remain */
    void setResult(int charge, int left, int waitMillis) {
        this.remaining[charge] = left;
        this.waitMillis[charge] = waitMillis;
    }

    void complete() {
        onComplete.accept(this);
    }

    int remaining(int charge) {
        return remaining[charge];
    }

    int waitMillis(int charge) {
        return waitMillis[charge];
    }

    boolean isExceeded(int charge) {
        return remaining[charge] == EXCEEDED;
    }

    /** The charge that rejects the request, of several the one with the longest wait; -1 if the request is admitted. */
    int rejectingCharge() {
        int longest = -1;
        for (int i = 0; i < remaining.length; i++) {
            boolean refuses = isExceeded(i) && !charges.get(i).policy().shadow();
            if (refuses && (longest < 0 || waitMillis[i] > waitMillis[longest])) {
                longest = i;
            }
        }
        return longest;
    }

    /**
     * The keys by which a request is counted. Every key has the same prefix and a bounded length, whatever the client
     * sent.
     */
    static final class RateLimitKeys {

        /**
         * The hash tag puts all keys into one slot of a cluster, since a request may be charged to several of them in
         * one command.
         */
        static final String PREFIX = "{heliograph:limits}:";

        private RateLimitKeys() {}

        static List<RateLimitCharge> charges(Exchange exchange) {
            List<RateLimitPolicy> policies = exchange.route().limits();
            List<RateLimitCharge> charges = new ArrayList<>(policies.size());
            for (RateLimitPolicy policy : policies) {
                if (policy.appliesTo(exchange.method(), exchange.path())) {
                    charges.add(new RateLimitCharge(policy, PREFIX + policy.name() + ':' + subject(policy, exchange)));
                }
            }
            return charges;
        }

        private static String subject(RateLimitPolicy policy, Exchange exchange) {
            return switch (policy.keyType()) {
                case ADDRESS -> exchange.network();
                case USER ->
                    exchange.caller() == null
                            ? exchange.network()
                            : exchange.caller().id().toString();
                case ROUTE -> exchange.route().name();
            };
        }
    }
}
