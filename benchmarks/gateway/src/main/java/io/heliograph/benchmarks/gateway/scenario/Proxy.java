package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.Contestant;
import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.gateway.stack.Placement;
import io.heliograph.benchmarks.gateway.stack.Traffic;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.Report;
import java.util.ArrayList;
import java.util.List;

/** The rate of requests that a proxy forwards, on a bare route and with the full chain of a gateway. */
public final class Proxy implements Scenario {

    private static final String CHAIN =
            "On the bare route a proxy only forwards requests; the gateways except aiohttp also count them in their"
                    + " metrics. In the full chain a gateway also verifies the token and applies limits, none of which"
                    + " is reached: two in our gateway (per user and per address), one in the others.";

    private final Placement placement;

    public Proxy(Placement placement) {
        this.placement = placement;
    }

    @Override
    public String name() {
        return placement == Placement.APART ? "proxy" : "proxy-together";
    }

    @Override
    public Report run(Effort effort) {
        try (GatewayStack stack = new GatewayStack(placement, effort)) {
            Contestant nginx = stack.nginx(Traffic.BARE);
            List<Contestant> contestants = new ArrayList<>(List.of(stack.service(Traffic.BARE), nginx));
            for (Traffic traffic : List.of(Traffic.BARE, Traffic.FULL)) {
                contestants.add(stack.gateway(traffic));
                contestants.addAll(
                        placement == Placement.APART ? stack.rivals(traffic) : Trial.rivals(stack, traffic, effort));
            }
            Turns turns = Turns.take(stack, contestants, nginx, effort);
            return Page.of(this, stack, turns, effort, CHAIN);
        }
    }
}
