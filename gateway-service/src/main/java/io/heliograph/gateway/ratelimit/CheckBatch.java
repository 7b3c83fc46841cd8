package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.ratelimit.RateLimitBatch;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Requests that one command of Redis decides, in their order. */
final class CheckBatch {

    private static final int MAX_CHECKS = 250;

    private final List<RateLimitCheck> checks = new ArrayList<>();
    private final RateLimitBatch counts = new RateLimitBatch();

    /** False if there is no more room. */
    boolean tryAdd(RateLimitCheck check) {
        List<RateLimitCharge> charges = check.charges();
        if (checks.size() == MAX_CHECKS || !counts.hasRoom(charges.size())) {
            return false;
        }
        checks.add(check);
        counts.begin(charges.size());
        for (RateLimitCharge charge : charges) {
            counts.charge(charge.key(), charge.policy().rate(), charge.policy().shadow());
        }
        return true;
    }

    List<RateLimitCheck> checks() {
        return checks;
    }

    RateLimitBatch counts() {
        return counts;
    }

    /** Tells the demands what Redis answered. */
    void applyResponse(Buffer answer) {
        int charge = 0;
        for (RateLimitCheck check : checks) {
            for (int i = 0; i < check.charges().size(); i++) {
                check.setResult(i, RateLimitBatch.left(answer, charge), RateLimitBatch.waitMillis(answer, charge));
                charge++;
            }
        }
    }
}
