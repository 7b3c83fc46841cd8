package io.heliograph.gateway.upstream;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** A service behind the gateway, in one or more instances. */
public final class Upstream {

    private static final Logger LOG = Logger.getLogger(Upstream.class);

    private final String name;
    private final Connections connections;
    private final AtomicInteger turn = new AtomicInteger();
    /** Never empty once the upstream is in use. */
    private volatile List<Instance> instances = List.of();

    Upstream(String name, Connections connections) {
        this.name = name;
        this.connections = connections;
    }

    public String name() {
        return name;
    }

    public List<Instance> instances() {
        return instances;
    }

    /** From now on requests go to these. Those that go on are the same instances; requests to others end in peace. */
    synchronized void serve(List<Address> addresses) {
        List<Instance> before = instances;
        List<Instance> after = addresses.stream().map(this::instance).toList();
        if (!after.equals(before)) {
            instances = after;
            LOG.infof("%s is served by %s", name, after);
        }
    }

    private Instance instance(Address address) {
        for (Instance instance : instances) {
            if (instance.address().equals(address)) {
                return instance;
            }
        }
        return new Instance(address, connections);
    }

    /**
     * The instance with the fewest requests in flight, among equals each in turn. One that rests, or {@code except}
     * (which may be null), is taken only if there is no other.
     */
    public Instance pick(Instance except) {
        List<Instance> instances = this.instances;
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
