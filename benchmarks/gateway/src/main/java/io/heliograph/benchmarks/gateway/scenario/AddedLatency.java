package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.gateway.stack.Placement;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.PacedLoad;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How much later an answer comes for having passed a proxy that is not at its limit. */
public final class AddedLatency implements Scenario {

    private record Round(Latencies direct, Latencies nginx, Latencies gateway) {}

    @Override
    public String name() {
        return "added-latency";
    }

    @Override
    public Report run(Effort effort) {
        try (GatewayStack stack = new GatewayStack(Placement.APART, GatewayStack.PROXIED)) {
            effort.progress("warming up");
            Saturation.warmUp(stack, GatewayStack.PROXIED, effort);
            double saturated = Saturation.ofGateway(stack, GatewayStack.PROXIED, effort.measured())
                    .rate();
            double rate = Math.floor(saturated / 3 / 100) * 100;
            // What waits for nothing takes other paths than what is full.
            paced(stack, stack.gateway(GatewayStack.PROXIED).address(), rate, effort.warmUp());
            Usage usage = stack.gateway(GatewayStack.PROXIED).usage();
            usage.forgetPeak();
            List<Round> rounds = new ArrayList<>();
            for (int round = 1; round <= effort.rounds(); round++) {
                effort.progress("round " + round + " of " + effort.rounds() + " at " + rate);
                rounds.add(new Round(
                        paced(stack, stack.service().address(), rate, effort.measured()),
                        paced(stack, stack.nginx().address(), rate, effort.measured()),
                        paced(stack, stack.gateway(GatewayStack.PROXIED).address(), rate, effort.measured())));
            }
            return report(rounds, rate, saturated, usage.peakResidentBytes());
        }
    }

    private static Latencies paced(GatewayStack stack, InetSocketAddress server, double rate, Duration time) {
        try (Loop loop = new Loop(PacedLoad.TURN)) {
            return new PacedLoad(loop, server, GatewayStack.CONNECTIONS, GatewayStack.PROXIED, stack.tokens())
                    .run(rate, time);
        }
    }

    private static Report report(List<Round> rounds, double rate, double saturated, long peakBytes) {
        Report report = new Report("added-latency");
        report.line(
                "Requests as in [proxied](proxied.md) at %.0f a second, a third of the %.0f that the gateway could pass on"
                        + " just before, over %d connections. Each is timed from the moment it was due, whether or not it"
                        + " could be sent then, so that no pause is left out. Median of %d rounds (lowest–highest).",
                rate, saturated, GatewayStack.CONNECTIONS, rounds.size());
        report.line("");
        report.line("Gateway: `taskset -c 0 java %s`.", String.join(" ", GatewayStack.JVM));
        report.table("", "p50 ms", "p99 ms", "p99.9 ms", "p50 over direct", "p99 over direct");
        row(report, "direct", rounds, Round::direct);
        row(report, "nginx", rounds, Round::nginx);
        row(report, "gateway", rounds, Round::gateway);
        report.line("");
        return report.line("Resident memory of the gateway under this load at the most: %d MiB.", peakBytes >> 20);
    }

    private static void row(Report report, String name, List<Round> rounds, Function<Round, Latencies> way) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (double percentile : new double[] {50, 99, 99.9}) {
            cells.add(figure(rounds, round -> way.apply(round).millis(percentile)));
        }
        for (double percentile : new double[] {50, 99}) {
            cells.add(figure(
                    rounds,
                    round ->
                            way.apply(round).millis(percentile) - round.direct().millis(percentile)));
        }
        report.row(cells);
    }

    private static String figure(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds, figure).text("%.2f");
    }
}
