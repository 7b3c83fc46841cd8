package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CallWindow.CallCounts;
import io.heliograph.gateway.upstream.CircuitBreaker.CircuitBreakerPolicy;
import java.util.List;

/**
 * Detects an instance that responds with errors where the others do not. Errors that all instances have, such as those
 * of a database that is down, eject none.
 */
final class OutlierDetector {

    /** So much worse than the others together must one be; a small multiple would be chance. */
    private static final double MIN_FACTOR = 3;

    private OutlierDetector() {}

    /** Whether this one is to be ejected; at most half of all are out at a time. */
    static boolean isOutlier(Instance suspect, List<Instance> instances, CircuitBreakerPolicy policy, long nowNanos) {
        CallCounts own = suspect.health().counts(nowNanos);
        if (own.calls() < policy.minimumCalls() || !own.errorRatioAtLeast(policy.failureRatio())) {
            return false;
        }
        CallCounts others = new CallCounts(0, 0, 0);
        int out = 0;
        for (Instance instance : instances) {
            if (instance != suspect) {
                others = others.plus(instance.health().counts(nowNanos));
                out += instance.isAvailable(nowNanos) ? 0 : 1;
            }
        }
        // By products, since a ratio of nothing is none.
        boolean worse = own.errors() * others.calls() >= MIN_FACTOR * others.errors() * own.calls();
        return others.calls() > 0 && worse && (out + 1) * 2 <= instances.size();
    }
}
