package io.heliograph.benchmarks.gateway.stack;

import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Spread;
import java.net.InetSocketAddress;

/** A proxy that runs, or what is behind it, with what is asked of it. */
public record Contestant(String name, Kind kind, InetSocketAddress address, Usage usage, Traffic traffic) {

    /** What it is, which says how long it is warmed up, how it is drawn, and what it means if it fails. */
    public enum Kind {
        OURS(true, false),
        /** What the others are measured by. */
        GROUND(false, false),
        RIVAL(false, true),
        JVM_RIVAL(true, true);

        /** Whether it is slow until it has been compiled. */
        public final boolean compiles;

        /** Whether the others go on without it. */
        public final boolean mayFail;

        Kind(boolean compiles, boolean mayFail) {
            this.compiles = compiles;
            this.mayFail = mayFail;
        }
    }

    /** Its bar. */
    public void draw(BarChart chart, Spread figure) {
        chart.bar(name, kind == Kind.OURS, figure);
    }
}
