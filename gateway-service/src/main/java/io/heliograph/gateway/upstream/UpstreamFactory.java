package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CircuitBreaker.CircuitBreakerPolicy;
import io.heliograph.gateway.upstream.HealthProbe.RecoveryProbe;
import io.heliograph.gateway.upstream.client.ConnectionPool;
import io.heliograph.gateway.upstream.client.ConnectionPool.PoolLimits;
import io.heliograph.gateway.upstream.client.Connector;
import io.heliograph.gateway.upstream.client.Connector.ConnectionTarget;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/** Creates the parts of upstreams and instances: pools, circuit breakers, probes, budgets. */
@Singleton
public final class UpstreamFactory {

    private final Vertx vertx;
    private final PoolConfig config;
    private final ResilienceConfig resilience;
    private final CircuitBreakerPolicy breakerPolicy;
    private final Connector connector;
    private final long abandonAfterNanos;
    private int maxPerInstance;

    public UpstreamFactory(Vertx vertx, PoolConfig config, ResilienceConfig resilience) {
        this.vertx = vertx;
        this.config = config;
        this.resilience = resilience;
        this.breakerPolicy = CircuitBreakerPolicy.of(resilience);
        this.abandonAfterNanos = resilience.abandonAfter().toNanos();
        this.connector = new Connector(vertx, config.connectTimeout());
    }

    /** Divides the total of connections by the number of instances. Only the first call has an effect. */
    void sizePools(int instances) {
        if (maxPerInstance == 0) {
            int share = Math.max(1, config.maxConnections() / Math.max(1, instances));
            maxPerInstance = Math.min(share, config.maxConnectionsPerInstance());
        }
    }

    ConnectionPool requestPool(ConnectionTarget target) {
        return pool(target, maxPerInstance, config.maxWaiting());
    }

    ConnectionPool longPollPool(ConnectionTarget target) {
        return pool(target, config.maxLongPollsPerInstance(), 0);
    }

    int maxLongPollsPerInstance() {
        return config.maxLongPollsPerInstance();
    }

    /** The connections of WebSockets. None is kept idle: each is upgraded or closed. */
    ConnectionPool tunnelPool(ConnectionTarget target) {
        return pool(target, config.maxWebsocketsPerInstance(), 0);
    }

    ClientQuotas clientQuotas() {
        return new ClientQuotas(config);
    }

    int maxPerInstance() {
        return maxPerInstance;
    }

    CircuitBreakerPolicy breakerPolicy() {
        return breakerPolicy;
    }

    InstanceHealth health(long nowNanos) {
        // At least one nanosecond: with zero the weight would be zero whatever the load.
        long slowStart = Math.max(1, resilience.slowStart().toNanos());
        return new InstanceHealth(new CircuitBreaker(breakerPolicy), slowStart, nowNanos);
    }

    /** Probes an ejected instance until it responds, over connections of its own. */
    RecoveryProbe recoveryProbe(ConnectionTarget target, BooleanSupplier wanted, Runnable returned) {
        return new RecoveryProbe(vertx, pool(target, 1, 0), wanted, returned);
    }

    /** Probes over connections of its own, since those of requests may all be in use. */
    LivenessDetector livenessDetector(ConnectionTarget target, Runnable silent) {
        return new LivenessDetector(vertx, pool(target, 1, 0), resilience, silent);
    }

    /** The least time after which an aborted request counts as a failure of its instance. */
    long abandonAfterNanos() {
        return abandonAfterNanos;
    }

    RetryBudget retryBudget(long nowNanos) {
        return new RetryBudget(resilience.retryRatio(), resilience.minRetriesPerSecond(), nowNanos);
    }

    void close(@Observes ShutdownEvent event) {
        connector.close();
    }

    private ConnectionPool pool(ConnectionTarget target, int max, int maxWaiting) {
        return new ConnectionPool(
                vertx, connector, target, new PoolLimits(max, maxWaiting, config.maxWait(), config.keepAlive()));
    }
}
