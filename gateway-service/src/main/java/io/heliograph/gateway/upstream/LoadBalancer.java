package io.heliograph.gateway.upstream;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Selects the instance with the fewest requests in flight, at random among equals. Ejected instances, and the one of
 * the last failed attempt, are a last resort. A draining instance is not selected while there is any other.
 */
final class LoadBalancer {

    /** More than any weight: half a million requests at ten times ten seconds. */
    private static final long RANK = 1L << 60;

    private LoadBalancer() {}

    /**
     * @param tried the instance of the last failed attempt; may be null
     * @return null if every instance is ejected and at its maximum of requests in flight
     */
    static Instance select(List<Instance> instances, Instance tried, long nowNanos) {
        Instance best = select(instances, tried, nowNanos, false);
        // If all drain, only a request shows whether one of them has been replaced.
        return best == null && instances.stream().allMatch(Instance::isDraining)
                ? select(instances, tried, nowNanos, true)
                : best;
    }

    private static Instance select(List<Instance> instances, Instance tried, long nowNanos, boolean includeDraining) {
        int size = instances.size();
        int first = size == 1 ? 0 : ThreadLocalRandom.current().nextInt(size);
        Instance best = null;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            Instance instance = instances.get((first + i) % size);
            if (!includeDraining && instance.isDraining()) {
                continue;
            }
            long load = load(instance, tried, nowNanos);
            if (load < least) {
                best = instance;
                least = load;
            }
        }
        return best;
    }

    private static long load(Instance instance, Instance tried, long nowNanos) {
        boolean fit = instance.isAvailable(nowNanos);
        if (!fit && !instance.hasCapacityWhenOpen()) {
            return Long.MAX_VALUE;
        }
        long rank = (fit ? 0 : 2) + (instance == tried ? 1 : 0);
        return rank * RANK + Math.min(instance.weight(nowNanos), RANK - 1);
    }
}
