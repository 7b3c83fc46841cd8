package io.heliograph.gateway.upstream;

import io.heliograph.gateway.loop.RoundFlush;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The clients that all upstreams share: one with pooled connections, one whose connections become tunnels. */
@Singleton
public final class Connections {

    /** As much as the gateway's own server takes, for answers. */
    private static final int MAX_HEADER_SIZE = 64 * 1024;

    private final Vertx vertx;
    private final PoolConfig config;
    private final ResilienceConfig resilience;
    private final BreakerPolicy policy;
    private int maxPerInstance;
    private HttpClient requests;
    private HttpClient tunnels;

    public Connections(Vertx vertx, PoolConfig config, ResilienceConfig resilience) {
        this.vertx = vertx;
        this.config = config;
        this.resilience = resilience;
        this.policy = BreakerPolicy.of(resilience);
    }

    /** Once: the total of connections is shared out evenly among as many instances as there are at the start. */
    void open(int instances) {
        if (requests != null) {
            return;
        }
        int share = Math.max(1, config.maxConnections() / Math.max(1, instances));
        maxPerInstance = Math.min(share, config.maxConnectionsPerInstance());
        requests = client(
                options(), new PoolOptions().setHttp1MaxSize(maxPerInstance).setMaxWaitQueueSize(config.maxWaiting()));
        tunnels = client(
                // None is kept: it is a tunnel or closed. Turned off, the client would ask to close, not to upgrade.
                options().setTcpKeepAlive(true),
                new PoolOptions()
                        .setHttp1MaxSize(config.maxTunnelsPerInstance())
                        .setMaxWaitQueueSize(0));
    }

    HttpClient requests() {
        return requests;
    }

    HttpClient tunnels() {
        return tunnels;
    }

    long maxWaitMillis() {
        return config.maxWait().toMillis();
    }

    int maxPerInstance() {
        return maxPerInstance;
    }

    BreakerPolicy policy() {
        return policy;
    }

    Health health(long nowNanos) {
        // Never none, which would weigh nothing whatever the load.
        long slowStart = Math.max(1, resilience.slowStart().toNanos());
        return new Health(new Breaker(policy), slowStart, nowNanos);
    }

    RetryBudget budget(long nowNanos) {
        return new RetryBudget(resilience.retryRatio(), resilience.retryFloor(), nowNanos);
    }

    void close(@Observes ShutdownEvent event) {
        requests.close();
        tunnels.close();
    }

    private HttpClient client(HttpClientOptions options, PoolOptions pool) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(connection -> RoundFlush.on(((ConnectionBase) connection).channel()))
                .build();
    }

    private HttpClientOptions options() {
        return new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout((int) config.keepAlive().toSeconds())
                .setMaxHeaderSize(MAX_HEADER_SIZE)
                .setDecompressionSupported(false)
                .setTracingPolicy(TracingPolicy.IGNORE);
    }
}
