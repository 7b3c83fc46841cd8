package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.gateway.routing.RateLimitPolicy;
import io.heliograph.gateway.routing.RateLimitPolicy.KeyType;
import io.heliograph.ratelimit.Rate;
import java.util.List;
import java.util.Set;

/** Asks Redis to do what it is for: one that answers a ping may still be loading, full, or a replica. */
final class StoreProbe {

    private static final RateLimitPolicy POLICY =
            new RateLimitPolicy("probe", new Rate(1, 1), KeyType.ROUTE, Set.of(), true);
    private static final RateLimitCharge CHARGE = new RateLimitCharge(POLICY, RateLimitKeys.PREFIX + "probe");

    private StoreProbe() {}

    static CheckBatch batch() {
        CheckBatch batch = new CheckBatch();
        batch.tryAdd(new RateLimitCheck(List.of(CHARGE), check -> {}));
        return batch;
    }
}
