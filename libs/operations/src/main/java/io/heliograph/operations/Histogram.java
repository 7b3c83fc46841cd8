package io.heliograph.operations;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The number of observations up to each bucket bound; the sum of some timers. */
final class Histogram {

    /** Cumulative, as the timers have them; by the bound in nanoseconds. */
    private final TreeMap<Double, Double> buckets = new TreeMap<>();

    private double total;

    void add(HistogramSnapshot snapshot) {
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            add(bucket.bucket(TimeUnit.NANOSECONDS), bucket.count());
        }
        total += snapshot.count();
    }

    void add(double boundNanos, double count) {
        if (Double.isFinite(boundNanos)) {
            buckets.merge(boundNanos, count, Double::sum);
        }
    }

    void addTotal(double count) {
        total += count;
    }

    double total() {
        return total;
    }

    /** The observations since {@code before}. */
    Histogram since(Histogram before) {
        Histogram difference = new Histogram();
        buckets.forEach((bound, count) ->
                difference.buckets.put(bound, Math.max(0, count - before.buckets.getOrDefault(bound, 0.0))));
        difference.total = Math.max(0, total - before.total);
        return difference;
    }

    /**
     * In nanoseconds, linear within its bucket; the highest bound for what lies beyond, and 0 if nothing was observed.
     */
    double quantile(double share) {
        double rank = share * total;
        double lowerBound = 0;
        double below = 0;
        if (rank <= 0 || buckets.isEmpty()) {
            return 0;
        }
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            double count = bucket.getValue();
            if (count >= rank && count > below) {
                return lowerBound + (bucket.getKey() - lowerBound) * (rank - below) / (count - below);
            }
            lowerBound = bucket.getKey();
            below = count;
        }
        return buckets.lastKey();
    }
}
