package io.heliograph.benchmarks.gateway.stack;

import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Spread;
import java.net.InetSocketAddress;

/** A running proxy, or the service behind it, with the traffic it receives. */
public record Contestant(String name, Kind kind, InetSocketAddress address, Usage usage, Traffic traffic) {

    /** The kind of a contestant, which determines its warm-up, its colour in charts and the effect of a failure. */
    public enum Kind {
        OURS(true, false),
        /** The baseline of the comparison. */
        BASELINE(false, false),
        RIVAL(false, true),
        JVM_RIVAL(true, true);

        /** Whether it has a just-in-time compiler. */
        public final boolean compiles;

        /** Whether the run continues without it after a failure. */
        public final boolean mayFail;

        Kind(boolean compiles, boolean mayFail) {
            this.compiles = compiles;
            this.mayFail = mayFail;
        }
    }

    /** Draws its bar. */
    public void draw(BarChart chart, Spread figure) {
        chart.bar(name, kind == Kind.OURS, figure);
    }
}
