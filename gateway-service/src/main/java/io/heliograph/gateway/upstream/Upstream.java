package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CircuitBreakerState.ClosedState;
import io.heliograph.gateway.upstream.CircuitBreakerState.HalfOpenState;
import io.heliograph.gateway.upstream.CircuitBreakerState.OpenState;
import io.heliograph.gateway.upstream.Instance.InstanceAddress;
import io.heliograph.gateway.upstream.InstanceHealth.OutlierDetector;
import java.util.List;
import org.jboss.logging.Logger;

/** A service behind the gateway, in one or more instances. */
public final class Upstream {

    private static final Logger LOG = Logger.getLogger(Upstream.class);
    private static final int FIRST_ERROR = 500;

    private final String name;
    private final UpstreamFactory factory;
    private final RetryBudget retryBudget;
    private final ClientQuotas clientQuotas;
    private final ClientQuotas longPollQuotas;
    private final LatencyPercentile latency = new LatencyPercentile(System.nanoTime());
    /** Never empty once the upstream is in use. */
    private volatile List<Instance> instances = List.of();

    Upstream(String name, UpstreamFactory factory) {
        this.name = name;
        this.factory = factory;
        this.retryBudget = factory.retryBudget(System.nanoTime());
        this.clientQuotas = factory.clientQuotas();
        this.longPollQuotas = factory.clientQuotas();
    }

    public String name() {
        return name;
    }

    public List<Instance> instances() {
        return instances;
    }

    /** Replaces the instances. An instance that remains is the same object; requests to removed ones complete. */
    synchronized void updateInstances(List<InstanceAddress> addresses) {
        List<Instance> before = instances;
        List<Instance> after = addresses.stream().map(this::instance).toList();
        if (!after.equals(before)) {
            instances = after;
            before.stream().filter(instance -> !after.contains(instance)).forEach(Instance::retire);
            clientQuotas.totalConnections(after.size() * factory.maxPerInstance());
            longPollQuotas.totalConnections(after.size() * factory.maxLongPollsPerInstance());
            LOG.infof("%s is served by %s", name, after);
        }
    }

    private Instance instance(InstanceAddress address) {
        for (Instance instance : instances) {
            if (instance.address().equals(address)) {
                return instance;
            }
        }
        return new Instance(address, factory);
    }

    public RetryBudget retryBudget() {
        return retryBudget;
    }

    public ClientQuotas clientQuotas() {
        return clientQuotas;
    }

    /** The same for requests that instances hold back. */
    public ClientQuotas longPollQuotas() {
        return longPollQuotas;
    }

    /**
     * Selects the available instance with the fewest requests in flight.
     *
     * @param tried the instance of the failed attempt, selected again only if no other is available; may be null
     * @return null if all are ejected, and each has its maximum of requests in flight
     */
    public Instance selectInstance(Instance tried, long nowNanos) {
        return LoadBalancer.select(instances, tried, nowNanos);
    }

    /** Whether there is another available instance. */
    public boolean hasOtherAvailable(Instance tried, long nowNanos) {
        for (Instance instance : instances) {
            if (instance != tried && instance.isAvailable(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /** An instance has responded. */
    public void onResponse(Instance instance, int status, long nowNanos) {
        boolean error = status >= FIRST_ERROR;
        instance.onResponse(error, nowNanos);
        if (error && OutlierDetector.isOutlier(instance, instances, factory.breakerPolicy(), nowNanos)) {
            instance.eject(nowNanos);
        }
    }

    /** Records the time to a response head. */
    public void recordLatency(long nanos, long nowNanos) {
        latency.record(nanos, nowNanos);
    }

    /**
     * A client has aborted a request without a response. It is recorded as a failure of the instance if that took
     * longer
     * than usual and another instance is available.
     *
     * @param sinceNanos since when the request was waiting for the instance
     */
    public void onAbandoned(Instance instance, long sinceNanos, long nowNanos) {
        if (hasOtherAvailable(instance, nowNanos)) {
            long usual = Math.max(factory.abandonAfterNanos(), latency.p99Nanos(nowNanos));
            instance.onAbandoned(sinceNanos, usual, nowNanos);
        }
    }

    /** Probes instances that have requests and respond to none. On an event loop. */
    void checkLiveness(long nowNanos) {
        instances.forEach(instance -> instance.checkLiveness(nowNanos));
    }

    /** The value of a gauge, summed over the instances. */
    public int sum(UpstreamGauge gauge) {
        long now = System.nanoTime();
        int sum = 0;
        for (Instance instance : instances) {
            sum += gauge.value(instance, now);
        }
        return sum;
    }

    /** The gauges of an upstream, as sums over its instances: their addresses change and cannot be labels. */
    public enum UpstreamGauge {
        CONNECTIONS_IN_USE {
            @Override
            int value(Instance instance, long nowNanos) {
                return instance.inUse();
            }
        },
        CONNECTIONS_IDLE {
            @Override
            int value(Instance instance, long nowNanos) {
                return instance.idle();
            }
        },
        REQUESTS_WAITING {
            @Override
            int value(Instance instance, long nowNanos) {
                return instance.waiting();
            }
        },
        INSTANCES_CLOSED {
            @Override
            int value(Instance instance, long nowNanos) {
                return instance.health().state(nowNanos) instanceof ClosedState ? 1 : 0;
            }
        },
        INSTANCES_OPEN {
            @Override
            int value(Instance instance, long nowNanos) {
                return instance.health().state(nowNanos) instanceof OpenState ? 1 : 0;
            }
        },
        INSTANCES_HALF_OPEN {
            @Override
            int value(Instance instance, long nowNanos) {
                return instance.health().state(nowNanos) instanceof HalfOpenState ? 1 : 0;
            }
        };

        abstract int value(Instance instance, long nowNanos);
    }
}
