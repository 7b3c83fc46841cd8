package io.heliograph.gateway.upstream;

/**
 * What can be seen of an upstream at a time, as a sum over its instances: their addresses come and go, so that they
 * could not be labels of a metric.
 */
public enum Gauge {
    CONNECTIONS_IN_USE {
        @Override
        int of(Instance instance, long nowNanos) {
            return instance.inUse();
        }
    },
    CONNECTIONS_IDLE {
        @Override
        int of(Instance instance, long nowNanos) {
            return instance.idle();
        }
    },
    REQUESTS_WAITING {
        @Override
        int of(Instance instance, long nowNanos) {
            return instance.waiting();
        }
    },
    INSTANCES_CLOSED {
        @Override
        int of(Instance instance, long nowNanos) {
            return instance.health().state(nowNanos) instanceof Closed ? 1 : 0;
        }
    },
    INSTANCES_OPEN {
        @Override
        int of(Instance instance, long nowNanos) {
            return instance.health().state(nowNanos) instanceof Open ? 1 : 0;
        }
    },
    INSTANCES_HALF_OPEN {
        @Override
        int of(Instance instance, long nowNanos) {
            return instance.health().state(nowNanos) instanceof HalfOpen ? 1 : 0;
        }
    };

    abstract int of(Instance instance, long nowNanos);
}
