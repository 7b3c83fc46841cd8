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

/** As many answers as a proxy can give without asking the service. */
public final class Cache implements Scenario {

    private static final String CHAIN =
            "The answer may be kept for a minute, as the service says; what is still passed on is counted there. A"
                    + " 304 goes to a client that says which answer it has (`If-None-Match`). In the full chain the token is"
                    + " verified and limits are charged as in [proxy](proxy.md); on the bare route neither.";

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Report run(Effort effort) {
        try (GatewayStack stack = new GatewayStack(Placement.APART, effort)) {
            Contestant nginx = stack.cachingNginx(Traffic.KEPT);
            List<Contestant> contestants = new ArrayList<>(List.of(
                    nginx,
                    stack.gateway(Traffic.KEPT),
                    stack.cachingNginx(Traffic.KNOWN),
                    stack.gateway(Traffic.KNOWN)));
            contestants.addAll(Trial.rivals(stack, Traffic.KEPT, effort));
            contestants.add(stack.gateway(Traffic.KEPT_FULL));
            contestants.addAll(Trial.rivals(stack, Traffic.KEPT_FULL, effort));
            Turns turns = Turns.take(stack, contestants, nginx, effort);
            return Page.of(this, stack, turns, effort, CHAIN);
        }
    }
}
