package io.heliograph.gateway.limit;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.limit.Demand.Charge;
import io.heliograph.gateway.route.LimitPolicy;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What of a request is counted. Every key is short and begins alike, whatever the client sent. */
final class Counted {

    /** The braces put all keys into one slot of a cluster, since one request may be charged to any of them together. */
    static final String PREFIX = "{heliograph:limits}:";

    private static final HexFormat HEX = HexFormat.of();

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
            case ADDRESS -> network(exchange.client());
            case USER ->
                exchange.caller() == null
                        ? network(exchange.client())
                        : exchange.caller().id().toString();
            case ROUTE -> exchange.route().name();
        };
    }

    /** Of IPv6 the first half: a client has all addresses of it, and could be someone else with each request. */
    static String network(String address) {
        if (address == null) {
            return "unknown";
        }
        if (address.indexOf(':') < 0) {
            return NetUtil.isValidIpV4Address(address) ? address : "unknown";
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null ? "unknown" : HEX.formatHex(bytes, 0, Math.min(bytes.length, 8));
    }
}
