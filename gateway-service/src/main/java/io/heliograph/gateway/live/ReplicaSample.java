package io.heliograph.gateway.live;

import io.heliograph.gateway.live.alert.Alerts.Series;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A sample received over Redis. Only known and valid fields are copied, since anyone with access to Redis can publish.
 *
 * @param figures the fields that watchers see
 * @param gauges the gauges by which alerts are evaluated
 * @param draining whether the replica drains, so that it will not be reported as missing
 */
record ReplicaSample(
        String name, String replica, JsonObject figures, JsonArray tasks, List<Series> gauges, boolean draining) {

    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_NAME = 128;
    private static final int MAX_GAUGES = 100;

    private static final int MAX_TASKS = 50;
    private static final List<String> TASK_FIGURES = List.of("running", "completed", "failed", "meanMs", "maxMs");

    private static final List<String> FIGURES = List.of(
            "cpu",
            "memoryBytes",
            "requestsPerSecond",
            "errorsPerSecond",
            "p50Ms",
            "p95Ms",
            "p99Ms",
            "inFlight",
            "connections",
            "deliveriesPerSecond",
            "eventLoopLagMs",
            "poolInUse",
            "poolWaiting");

    static Optional<ReplicaSample> parse(String message) {
        try {
            return message.length() > LONGEST ? Optional.empty() : of(new JsonObject(message));
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    static Optional<ReplicaSample> of(JsonObject sample) {
        if (!isName(sample.getValue("name")) || !isName(sample.getValue("replica"))) {
            return Optional.empty();
        }
        String name = sample.getString("name");
        String replica = sample.getString("replica");
        JsonObject figures = new JsonObject().put("name", name).put("replica", replica);
        copy(FIGURES, sample, figures);
        boolean draining = Boolean.TRUE.equals(sample.getValue("draining"));
        return Optional.of(new ReplicaSample(
                name, replica, figures, tasks(name, replica, sample), gauges(name, replica, sample), draining));
    }

    /** Unique among all replicas. */
    String key() {
        return name + ' ' + replica;
    }

    private static JsonArray tasks(String name, String replica, JsonObject sample) {
        JsonArray tasks = new JsonArray();
        if (sample.getValue("tasks") instanceof JsonArray listed) {
            listed.stream().limit(MAX_TASKS).forEach(task -> {
                if (task instanceof JsonObject json && isName(json.getValue("kind"))) {
                    JsonObject copy = new JsonObject()
                            .put("name", name)
                            .put("replica", replica)
                            .put("kind", json.getValue("kind"));
                    copy(TASK_FIGURES, json, copy);
                    tasks.add(copy);
                }
            });
        }
        return tasks;
    }

    private static void copy(List<String> figures, JsonObject from, JsonObject to) {
        for (String figure : figures) {
            to.put(figure, from.getValue(figure) instanceof Number number ? number : 0);
        }
    }

    /** The gauges with the labels that Prometheus adds for a target, and {@code up}. */
    private static List<Series> gauges(String name, String replica, JsonObject sample) {
        Map<String, String> target = target(name, replica);
        List<Series> series = new ArrayList<>();
        series.add(new Series("up", target, 1));
        if (sample.getValue("gauges") instanceof JsonArray gauges) {
            gauges.stream().limit(MAX_GAUGES).forEach(gauge -> {
                if (gauge instanceof JsonObject json
                        && json.getValue("name") instanceof String gaugeName
                        && json.getValue("labels") instanceof JsonObject labels
                        && json.getValue("value") instanceof Number value) {
                    Map<String, String> all = new TreeMap<>(target);
                    labels.forEach(label -> all.put(label.getKey(), String.valueOf(label.getValue())));
                    series.add(new Series(gaugeName, all, value.doubleValue()));
                }
            });
        }
        return series;
    }

    /** The series of a target that does not respond, as in Prometheus. */
    Series down() {
        return new Series("up", target(name, replica), 0);
    }

    private static Map<String, String> target(String name, String replica) {
        return new TreeMap<>(Map.of("job", "heliograph-" + name.replace("-service", ""), "instance", replica));
    }

    private static boolean isName(Object value) {
        return value instanceof String text && !text.isEmpty() && text.length() <= LONGEST_NAME;
    }
}
