package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.Demand.Charge;
import io.heliograph.gateway.routing.LimitPolicy;
import io.heliograph.gateway.routing.LimitPolicy.By;
import io.heliograph.ratelimit.Rate;
import java.util.List;
import java.util.Set;

/** Asks Redis to do what it is for: one that answers a ping may still be loading, full, or a replica. */
final class Probe {

    private static final LimitPolicy POLICY = new LimitPolicy("probe", new Rate(1, 1), By.ROUTE, Set.of(), true);
    private static final Charge CHARGE = new Charge(POLICY, Counted.PREFIX + "probe");

    private Probe() {}

    static Batch batch() {
        Batch batch = new Batch();
        batch.offer(new Demand(List.of(CHARGE), demand -> {}));
        return batch;
    }
}
