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

/** As many requests as a proxy can pass on, doing nothing else and doing what a gateway is for. */
public final class Proxy implements Scenario {

    private static final String CHAIN =
            "On its bare route a proxy passes requests on, and a gateway counts them in its metrics but for aiohttp."
                    + " In the full chain it also verifies the token and charges limits, none of which is ever reached: two in"
                    + " the gateway (of the user and of the address), one in the others.";

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
