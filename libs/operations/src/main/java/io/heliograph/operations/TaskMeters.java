package io.heliograph.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The meters of the background tasks of one service, which all have the label {@code kind}.
 *
 * @param running gauge of the tasks under way
 * @param ended counter or timer of the tasks that have ended
 * @param outcome its label with the outcome
 * @param completed the value of that label for a success
 * @param failed its values for failures
 * @param duration timer of the duration; may be {@code ended} itself
 */
public record TaskMeters(
        String running, String ended, String outcome, String completed, Set<String> failed, String duration) {

    private static final String KIND = "kind";

    private static final class Summary {
        private long running;
        private long completed;
        private long failed;
        private double totalMillis;
        private double maxMillis;
        private long timed;
    }

    /** Since the start of the process, but for the maximum, which is of the last minutes. */
    JsonArray read(MeterRegistry registry) {
        Map<String, Summary> kinds = new TreeMap<>();
        for (Meter meter : registry.find(running).meters()) {
            if (meter instanceof Gauge gauge) {
                of(kinds, meter).running += (long) gauge.value();
            }
        }
        for (Meter meter : registry.find(ended).meters()) {
            count(of(kinds, meter), meter);
        }
        for (Timer timer : registry.find(duration).timers()) {
            Summary summary = of(kinds, timer);
            summary.timed += timer.count();
            summary.totalMillis += timer.totalTime(TimeUnit.MILLISECONDS);
            summary.maxMillis = Math.max(summary.maxMillis, timer.max(TimeUnit.MILLISECONDS));
        }
        JsonArray tasks = new JsonArray();
        kinds.forEach((kind, summary) -> tasks.add(new JsonObject()
                .put(KIND, kind)
                .put("running", summary.running)
                .put("completed", summary.completed)
                .put("failed", summary.failed)
                .put("meanMs", summary.timed == 0 ? 0 : Math.round(summary.totalMillis / summary.timed))
                .put("maxMs", Math.round(summary.maxMillis))));
        return tasks;
    }

    private void count(Summary summary, Meter meter) {
        String how = meter.getId().getTag(outcome);
        long count = meter instanceof Counter counter
                ? (long) counter.count()
                : meter instanceof Timer timer ? timer.count() : 0;
        if (completed.equals(how)) {
            summary.completed += count;
        } else if (failed.contains(String.valueOf(how))) {
            summary.failed += count;
        }
    }

    private static Summary of(Map<String, Summary> kinds, Meter meter) {
        return kinds.computeIfAbsent(String.valueOf(meter.getId().getTag(KIND)), kind -> new Summary());
    }
}
