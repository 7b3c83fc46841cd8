package io.heliograph.gateway.upstream;

import java.util.List;
import org.jboss.logging.Logger;

/** A service behind the gateway, in one or more instances. */
public final class Upstream {

    private static final Logger LOG = Logger.getLogger(Upstream.class);
    private static final int FIRST_ERROR = 500;

    private final String name;
    private final Connections connections;
    private final RetryBudget budget;
    private final ClientShares shares;
    private final UsualLatency latency = new UsualLatency(System.nanoTime());
    /** Never empty once the upstream is in use. */
    private volatile List<Instance> instances = List.of();

    Upstream(String name, Connections connections) {
        this.name = name;
        this.connections = connections;
        this.budget = connections.budget(System.nanoTime());
        this.shares = connections.shares();
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
            before.stream().filter(instance -> !after.contains(instance)).forEach(Instance::retire);
            shares.of(after.size() * connections.maxPerInstance());
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

    public RetryBudget budget() {
        return budget;
    }

    public ClientShares shares() {
        return shares;
    }

    /**
     * The instance to ask next: the one with the least to do, of those that are well.
     *
     * @param tried the one that was just asked in vain, which is asked again only if no other is well; may be null
     * @return null if all fail, and each has in flight what may be risked on it
     */
    public Instance pick(Instance tried, long nowNanos) {
        return Picker.pick(instances, tried, nowNanos);
    }

    /** Whether there is another that is well. */
    public boolean hasFitBeside(Instance tried, long nowNanos) {
        for (Instance instance : instances) {
            if (instance != tried && instance.isFit(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /** One of its instances has answered. */
    public void answered(Instance instance, int status, long nowNanos) {
        boolean error = status >= FIRST_ERROR;
        instance.answered(error, nowNanos);
        if (error && Outliers.isOne(instance, instances, connections.policy(), nowNanos)) {
            instance.eject(nowNanos);
        }
    }

    /** How long one of its instances took to the head of an answer. */
    public void took(long nanos, long nowNanos) {
        latency.add(nanos, nowNanos);
    }

    /**
     * A client gave up a request that was not answered: held against the instance if that took longer than usual, and
     * there is another that is well.
     *
     * @param sinceNanos since when it was the turn of the instance
     */
    public void abandoned(Instance instance, long sinceNanos, long nowNanos) {
        if (hasFitBeside(instance, nowNanos)) {
            long usual = Math.max(connections.abandonAfterNanos(), latency.p99Nanos(nowNanos));
            instance.abandoned(sinceNanos, usual, nowNanos);
        }
    }

    /** Probes those of its instances that have requests and answer none. On an event loop. */
    void watchSilence(long nowNanos) {
        instances.forEach(instance -> instance.watchSilence(nowNanos));
    }

    /** Its use and health now, all instances together. */
    public int sum(Gauge gauge) {
        long now = System.nanoTime();
        int sum = 0;
        for (Instance instance : instances) {
            sum += gauge.of(instance, now);
        }
        return sum;
    }
}
