package io.heliograph.gateway.upstream;

/**
 * What can be seen of an upstream at a time, as a sum over its instances: their addresses come and go, so that they
 * could not be labels of a metric.
 */
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
