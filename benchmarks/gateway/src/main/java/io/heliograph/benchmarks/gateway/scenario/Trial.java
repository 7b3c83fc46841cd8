package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.Contestant;
import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.gateway.stack.Traffic;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.report.Skipped;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Runs parts of a benchmark. A peer that fails is removed and listed on the page; any other failure ends the run. */
final class Trial {

    private Trial() {}

    /**
     * Returns no peers in a smoke run, which covers them in {@code proxy}: their start takes longer than everything
     * else.
     */
    static List<Contestant> rivals(GatewayStack stack, Traffic traffic, Effort effort) {
        return effort.quick() ? List.of() : stack.rivals(traffic);
    }

    static boolean passed(Contestant contestant, Runnable what) {
        try {
            what.run();
            return true;
        } catch (IllegalStateException | UncheckedIOException failure) {
            if (!contestant.kind().mayFail) {
                throw failure;
            }
            Skipped.note(contestant.name(), failure.getMessage());
            return false;
        }
    }

    /** Returns the contestants that did not fail. */
    static List<Contestant> warmUp(GatewayStack stack, List<Contestant> contestants, Effort effort) {
        List<Contestant> warm = new ArrayList<>(contestants);
        warm.removeIf(contestant -> {
            effort.progress("warming up " + contestant.name());
            return !passed(contestant, () -> Saturation.warmUp(stack, contestant, effort));
        });
        return warm;
    }
}
