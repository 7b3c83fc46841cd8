package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.gateway.routing.RateLimitPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys by which a request is counted. Every key has the same prefix and a bounded length, whatever the client sent.
 */
final class RateLimitKeys {

    /** The braces put all keys into one slot of a cluster, since one request may be charged to any of them together. */
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
