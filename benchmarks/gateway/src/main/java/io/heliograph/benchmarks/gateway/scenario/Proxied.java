package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.gateway.stack.Placement;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** As many requests as a proxy can pass on, and answers from the cache, against a bare {@code proxy_pass} of nginx. */
public final class Proxied implements Scenario {

    /** What the contestants did one after another. */
    private record Round(
            Saturation direct,
            Saturation nginx,
            Saturation bare,
            Saturation proxied,
            Saturation cached,
            Saturation open) {}

    private final Placement placement;

    public Proxied(Placement placement) {
        this.placement = placement;
    }

    @Override
    public String name() {
        return placement == Placement.APART ? "proxied" : "proxied-together";
    }

    @Override
    public Report run(Effort effort) {
        try (GatewayStack stack = stack()) {
            effort.progress("warming up");
            stack.checkCache(GatewayStack.CACHED);
            stack.checkCache(GatewayStack.OPEN);
            Saturation.warmUp(stack, GatewayStack.BARE, effort);
            Saturation.warmUp(stack, GatewayStack.PROXIED, effort);
            Saturation.warmUp(stack, GatewayStack.CACHED, effort);
            Saturation.warmUp(stack, GatewayStack.OPEN, effort);
            List<Round> rounds = new ArrayList<>();
            for (int round = 1; round <= effort.rounds(); round++) {
                effort.progress("round " + round + " of " + effort.rounds());
                rounds.add(new Round(
                        Saturation.ofService(stack, effort.measured()),
                        Saturation.ofNginx(stack, effort.measured()),
                        Saturation.ofGateway(stack, GatewayStack.BARE, effort.measured()),
                        Saturation.ofGateway(stack, GatewayStack.PROXIED, effort.measured()),
                        Saturation.ofGateway(stack, GatewayStack.CACHED, effort.measured()),
                        Saturation.ofGateway(stack, GatewayStack.OPEN, effort.measured())));
            }
            return report(rounds, stack.gateway(GatewayStack.PROXIED).usage().peakResidentBytes());
        }
    }

    private GatewayStack stack() {
        return new GatewayStack(
                placement, GatewayStack.BARE, GatewayStack.PROXIED, GatewayStack.CACHED, GatewayStack.OPEN);
    }

    private Report report(List<Round> rounds, long peakBytes) {
        Report report = new Report(name());
        report.line(
                "%d connections ask for 190 bytes of JSON as soon as they are answered, with the tokens (ES256) of 100 users"
                        + " in turn. The gateway verifies them, charges two limits in Redis (of the user and of the address;"
                        + " neither is ever reached) and counts each request in its metrics. nginx only passes them on"
                        + " (`proxy_pass`). Both keep a connection to the service for each of a client, and neither writes an"
                        + " access log. %s Contestants take turns; median of %d rounds (lowest–highest).",
                GatewayStack.CONNECTIONS, placement.description(), rounds.size());
        report.line("");
        report.line(
                "Gateway: `java %s`, a process of its own for each row, warm from traffic of its kind.",
                String.join(" ", GatewayStack.JVM));
        report.table(
                "",
                "requests/s",
                "times nginx",
                "CPU µs per request",
                "times nginx",
                "% of a core",
                "Redis: commands sent per request",
                "CPU µs per request");
        row(report, "the service itself", rounds, Round::direct);
        row(report, "nginx", rounds, Round::nginx);
        row(report, "gateway, bare route", rounds, Round::bare);
        row(report, "gateway, proxied", rounds, Round::proxied);
        row(report, "gateway, from its cache", rounds, Round::cached);
        row(report, "the same without token and limits", rounds, Round::open);
        report.line("");
        report.line(
                "Where a proxy does not fill what it has, wrk and the service are what limits it, and the processor time"
                        + " per request is the fairer comparison.");
        report.line("");
        return report.line("Resident memory of the gateway at the most: %d MiB.", peakBytes >> 20);
    }

    private static void row(Report report, String name, List<Round> rounds, Function<Round, Saturation> contestant) {
        report.row(List.of(
                name,
                figure(rounds, "%.0f", round -> contestant.apply(round).rate()),
                figure(
                        rounds,
                        "%.2f",
                        round -> contestant.apply(round).rate() / round.nginx().rate()),
                figure(rounds, "%.1f", round -> contestant.apply(round).cpuMicros()),
                figure(
                        rounds,
                        "%.2f",
                        round -> contestant.apply(round).cpuMicros()
                                / round.nginx().cpuMicros()),
                figure(rounds, "%.0f", round -> contestant.apply(round).busyPercent()),
                figure(rounds, "%.3f", round -> contestant.apply(round).commands()),
                figure(rounds, "%.1f", round -> contestant.apply(round).redisCpuMicros())));
    }

    private static String figure(List<Round> rounds, String format, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds, figure).text(format);
    }
}
