package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CircuitBreaker.CircuitBreakerPolicy;
import io.heliograph.gateway.upstream.HealthProbe.RecoveryProbe;
import io.heliograph.gateway.upstream.client.ConnectionPool;
import io.heliograph.gateway.upstream.client.ConnectionPool.ConnectionTarget;
import io.heliograph.gateway.upstream.client.ConnectionPool.PoolLimits;
import io.heliograph.gateway.upstream.client.Connector;
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

    /** Once: the total of connections is shared out evenly among as many instances as there are at the start. */
    void sizePools(int instances) {
        if (maxPerInstance == 0) {
            int share = Math.max(1, config.maxConnections() / Math.max(1, instances));
            maxPerInstance = Math.min(share, config.maxConnectionsPerInstance());
        }
    }

    ConnectionPool requestPool(ConnectionTarget target) {
        return pool(target, maxPerInstance, config.maxWaiting());
    }

    /** None of its connections is kept: each is a tunnel or closed. */
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
        // Never none, which would weigh nothing whatever the load.
        long slowStart = Math.max(1, resilience.slowStart().toNanos());
        return new InstanceHealth(new CircuitBreaker(breakerPolicy), slowStart, nowNanos);
    }

    /** Watches over an instance that is out until it answers, by connections of its own. */
    RecoveryProbe recoveryProbe(ConnectionTarget target, BooleanSupplier wanted, Runnable returned) {
        return new RecoveryProbe(vertx, pool(target, 1, 0), wanted, returned);
    }

    /** Probes by connections of its own: those of requests may all be in use. */
    LivenessDetector livenessDetector(ConnectionTarget target, Runnable silent) {
        return new LivenessDetector(vertx, pool(target, 1, 0), resilience, silent);
    }

    /** From when on a request counts against its instance if its client gives up, at least. */
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
