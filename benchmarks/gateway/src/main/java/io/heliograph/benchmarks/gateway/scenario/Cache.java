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

/** The rate of responses from the cache of a proxy, without requests to the service. */
public final class Cache implements Scenario {

    private static final String CHAIN =
            "The service allows the response to be cached for a minute; the requests that still reach it are counted. A"
                    + " client that sends an entity tag (`If-None-Match`) receives a 304. In the full chain the token"
                    + " is verified and limits are applied as in [proxy](proxy.md); on the bare route they are not.";

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Report run(Effort effort) {
        try (GatewayStack stack = new GatewayStack(Placement.APART, effort)) {
            Contestant nginx = stack.cachingNginx(Traffic.CACHED);
            List<Contestant> contestants = new ArrayList<>(List.of(
                    nginx,
                    stack.gateway(Traffic.CACHED),
                    stack.cachingNginx(Traffic.NOT_MODIFIED),
                    stack.gateway(Traffic.NOT_MODIFIED)));
            contestants.addAll(Trial.rivals(stack, Traffic.CACHED, effort));
            contestants.add(stack.gateway(Traffic.CACHED_FULL));
            contestants.addAll(Trial.rivals(stack, Traffic.CACHED_FULL, effort));
            Turns turns = Turns.take(stack, contestants, nginx, effort);
            return Page.of(this, stack, turns, effort, CHAIN);
        }
    }
}
