package io.heliograph.benchmarks.gateway;

import io.heliograph.benchmarks.gateway.scenario.AddedLatency;
import io.heliograph.benchmarks.gateway.scenario.Cache;
import io.heliograph.benchmarks.gateway.scenario.FanOutHttp;
import io.heliograph.benchmarks.gateway.scenario.Levels;
import io.heliograph.benchmarks.gateway.scenario.Proxy;
import io.heliograph.benchmarks.gateway.stack.Nginx;
import io.heliograph.benchmarks.gateway.stack.Placement;
import io.heliograph.benchmarks.harness.Benchmark;
import io.heliograph.benchmarks.harness.process.Wrk;
import java.util.List;

/** The benchmarks of gateway-service. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (!Nginx.isInstalled() || !Wrk.isInstalled()) {
            System.err.println(
                    "SKIPPED: the benchmarks of the gateway need nginx and wrk, and one of them is not installed");
            return;
        }
        // The slow service writes header and body separately. Without TCP_NODELAY the body would wait some 40 ms for an
        // acknowledgement of the client. The property is read once, when the first server of this JVM is created.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Benchmark.run(
                List.of(
                        new Proxy(Placement.APART),
                        new Proxy(Placement.TOGETHER),
                        new Cache(),
                        new AddedLatency(),
                        new FanOutHttp(),
                        new Levels()),
                args);
    }
}
