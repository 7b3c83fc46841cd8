package io.heliograph.gateway.upstream;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A service behind the gateway, in one or more instances. */
public final class Upstream {

    private final List<Instance> instances;
    private final AtomicInteger turn = new AtomicInteger();

    Upstream(List<Instance> instances) {
        this.instances = List.copyOf(instances);
    }

    /**
     * The instance with the fewest requests in flight, among equals each in turn. One that rests, or {@code except}
     * (which may be null), is taken only if there is no other.
     */
    public Instance pick(Instance except) {
        int size = instances.size();
        if (size == 1) {
            return instances.get(0);
        }
        int first = Math.floorMod(turn.getAndIncrement(), size);
        Instance best = null;
        long bestLoad = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            Instance instance = instances.get((first + i) % size);
            long load = load(instance, except);
            if (load < bestLoad) {
                best = instance;
                bestLoad = load;
            }
        }
        return best;
    }

    private static long load(Instance instance, Instance except) {
        long penalty = instance == except ? 1L << 33 : instance.isResting() ? 1L << 32 : 0;
        return penalty + instance.inFlight();
    }
}
