package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.Demand.Charge;
import io.heliograph.ratelimit.RateLimitBatch;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Requests that one command of Redis decides, in their order. */
final class Batch {

    private static final int MAX_DEMANDS = 250;

    private final List<Demand> demands = new ArrayList<>();
    private final RateLimitBatch counts = new RateLimitBatch();

    /** False if there is no more room. */
    boolean offer(Demand demand) {
        List<Charge> charges = demand.charges();
        if (demands.size() == MAX_DEMANDS || !counts.hasRoom(charges.size())) {
            return false;
        }
        demands.add(demand);
        counts.begin(charges.size());
        for (Charge charge : charges) {
            counts.charge(charge.key(), charge.policy().rate(), charge.policy().shadow());
        }
        return true;
    }

    List<Demand> demands() {
        return demands;
    }

    RateLimitBatch counts() {
        return counts;
    }

    /** Tells the demands what Redis answered. */
    void learn(Buffer answer) {
        int charge = 0;
        for (Demand demand : demands) {
            for (int i = 0; i < demand.charges().size(); i++) {
                demand.learn(i, RateLimitBatch.left(answer, charge), RateLimitBatch.waitMillis(answer, charge));
                charge++;
            }
        }
    }
}
