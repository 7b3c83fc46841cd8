package io.heliograph.benchmarks.gateway;

import io.heliograph.benchmarks.gateway.scenario.AddedLatency;
import io.heliograph.benchmarks.gateway.scenario.Batched;
import io.heliograph.benchmarks.gateway.scenario.Proxied;
import io.heliograph.benchmarks.gateway.stack.Nginx;
import io.heliograph.benchmarks.gateway.stack.Placement;
import io.heliograph.benchmarks.harness.Benchmark;
import io.heliograph.benchmarks.harness.process.Wrk;
import java.util.List;

/** What is claimed of gateway-service. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (!Nginx.isInstalled() || !Wrk.isInstalled()) {
            System.err.println(
                    "SKIPPED: the benchmarks of the gateway need nginx and wrk, and one of them is not installed");
            return;
        }
        Benchmark.run(
                List.of(
                        new Proxied(Placement.APART),
                        new Proxied(Placement.TOGETHER),
                        new AddedLatency(),
                        new Batched()),
                args);
    }
}
