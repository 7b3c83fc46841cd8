package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.ratelimit.Demand.Charge;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.routing.LimitPolicy;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Charges a request to all limits of its route at once, and refuses it if one has no room. It comes before callers are
 * turned away, so that guessing tokens is limited too; a WebSocket is charged once, when it is opened.
 */
@Singleton
public final class Limits implements Step {

    private final Lanes lanes;
    private final LimitMetrics metrics;

    Limits(Lanes lanes, LimitMetrics metrics) {
        this.lanes = lanes;
        this.metrics = metrics;
    }

    @Override
    public void take(Exchange exchange) {
        List<Charge> charges = Counted.in(exchange);
        if (charges.isEmpty()) {
            exchange.proceed();
        } else {
            lanes.here().decide(new Demand(charges, demand -> resume(exchange, demand)));
        }
    }

    /** Others wait for their turn behind this one: whatever it runs into, it is no failure of theirs. */
    private void resume(Exchange exchange, Demand demand) {
        try {
            settle(exchange, demand);
        } catch (RuntimeException e) {
            exchange.crash(e);
        }
    }

    private void settle(Exchange exchange, Demand demand) {
        metrics.decided(demand);
        String left = RateLimitFields.left(demand);
        if (!left.isEmpty()) {
            exchange.add(RateLimitFields.POLICY, RateLimitFields.policies(demand.charges()));
            exchange.add(RateLimitFields.LIMIT, left);
        }
        int refusal = demand.refusal();
        if (refusal < 0) {
            exchange.proceed();
        } else {
            long seconds = RateLimitFields.secondsUp(demand.waitMillis(refusal));
            exchange.add(HttpHeaders.RETRY_AFTER.toString(), Long.toString(seconds));
            exchange.refuse(
                    Problem.RATE_LIMITED, detail(demand.charges().get(refusal).policy()));
        }
    }

    private static String detail(LimitPolicy policy) {
        Duration window = Duration.ofMillis(policy.rate().windowMillis());
        return "The limit \"" + policy.name() + "\" allows " + policy.rate().requests() + " requests in "
                + window.toString().substring(2).toLowerCase(Locale.ROOT) + '.';
    }
}
