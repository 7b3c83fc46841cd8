package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.Contestant;
import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.gateway.stack.Traffic;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.report.Skipped;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A rival that fails is out, which is on the page; anyone else that fails ends the run. */
final class Trial {

    private Trial() {}

    /** None in a smoke run, which meets them in {@code proxy}: to start them takes longer than all else it does. */
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

    /** Those that came through it. */
    static List<Contestant> warmUp(GatewayStack stack, List<Contestant> contestants, Effort effort) {
        List<Contestant> warm = new ArrayList<>(contestants);
        warm.removeIf(contestant -> {
            effort.progress("warming up " + contestant.name());
            return !passed(contestant, () -> Saturation.warmUp(stack, contestant, effort));
        });
        return warm;
    }
}
