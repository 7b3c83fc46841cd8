package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.ratelimit.Demand.Charge;
import io.heliograph.gateway.routing.LimitPolicy;
import java.util.ArrayList;
import java.util.List;

/** What of a request is counted. Every key is short and begins alike, whatever the client sent. */
final class Counted {

    /** The braces put all keys into one slot of a cluster, since one request may be charged to any of them together. */
    static final String PREFIX = "{heliograph:limits}:";

    private Counted() {}

    static List<Charge> in(Exchange exchange) {
        List<LimitPolicy> policies = exchange.route().limits();
        List<Charge> charges = new ArrayList<>(policies.size());
        for (LimitPolicy policy : policies) {
            if (policy.counts(exchange.method(), exchange.path())) {
                charges.add(new Charge(policy, PREFIX + policy.name() + ':' + subject(policy, exchange)));
            }
        }
        return charges;
    }

    private static String subject(LimitPolicy policy, Exchange exchange) {
        return switch (policy.by()) {
            case ADDRESS -> exchange.network();
            case USER ->
                exchange.caller() == null
                        ? exchange.network()
                        : exchange.caller().id().toString();
            case ROUTE -> exchange.route().name();
        };
    }
}
