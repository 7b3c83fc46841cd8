package io.heliograph.gateway.live.alert;

import io.heliograph.gateway.live.alert.Alerts.Series;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The values of gauges in the last minutes, one per second. Not thread-safe. */
final class GaugeWindows {

    /** Values of each gauge: ten minutes; expressions use five at most. */
    private static final int MAX_VALUES = 600;

    /** Gauges of all replicas together, at some 16 bytes per value. */
    private static final int MAX_GAUGES = 1_000;

    private final Map<String, Deque<Double>> values = new HashMap<>();

    void add(Collection<Series> series) {
        Map<String, Deque<Double>> present = new HashMap<>();
        for (Series each : series) {
            String key = key(each);
            Deque<Double> kept = values.getOrDefault(key, new ArrayDeque<>());
            kept.add(each.value());
            if (kept.size() > MAX_VALUES) {
                kept.remove();
            }
            if (present.size() < MAX_GAUGES) {
                present.put(key, kept);
            }
        }
        values.keySet().retainAll(present.keySet());
        values.putAll(present);
    }

    void clear() {
        values.clear();
    }

    /** The result of a function over a window; NaN if the values do not cover the window. */
    double of(Series series, String function, Duration window) {
        Deque<Double> all = values.getOrDefault(key(series), new ArrayDeque<>());
        long length = window.toSeconds();
        if (all.size() < length && !function.equals("max")) {
            return Double.NaN;
        }
        DoubleStream latest =
                all.stream().skip(Math.max(0, all.size() - length)).mapToDouble(Double::doubleValue);
        return switch (function) {
            case "avg" -> latest.average().orElse(Double.NaN);
            case "min" -> latest.min().orElse(Double.NaN);
            default -> latest.max().orElse(Double.NaN);
        };
    }

    private static String key(Series series) {
        return series.name() + series.labels();
    }
}
