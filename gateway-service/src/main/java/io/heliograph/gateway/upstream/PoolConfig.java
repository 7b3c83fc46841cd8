package io.heliograph.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The connection pools of upstreams. */
@ConfigMapping(prefix = "heliograph.gateway.pool")
public interface PoolConfig {

    /** Connections of all instances together: what the services behind one gateway are sized to hold. */
    @WithDefault("100")
    int maxConnections();

    /** Connections of one instance, so that a slow one cannot take them all. */
    @WithDefault("30")
    int maxConnectionsPerInstance();

    /** Requests of one instance that may wait for a connection; the next gets {@code 503 overloaded}. */
    @WithDefault("500")
    int maxWaiting();

    /** How long a request may wait for a connection: longer, and the caller does better to come back. */
    @WithDefault("2S")
    Duration maxWait();

    /**
     * The share of an upstream's connections that one address may hold (of IPv6 one network of 64 bits), as it does
     * while a service works for it, and while it sends or reads slowly. What comes past it waits like those that wait
     * for a connection; the next is told {@code too_many_in_flight}. Three quarters: behind one address there may be a
     * whole company, and a quarter serves everyone else for as long as the answers are quick.
     */
    @WithDefault("0.75")
    double maxSharePerAddress();

    /** The same for one user, wherever from: half, so that others of the same company have a quarter. */
    @WithDefault("0.5")
    double maxSharePerUser();

    /** How long an idle connection is kept: shorter than any service behind the gateway keeps its end. */
    @WithDefault("30S")
    Duration keepAlive();

    /**
     * For TCP, and as long again for TLS. Inside a cluster a connection stands within milliseconds; over a wide network up
     * to 10 s may be right.
     */
    @WithDefault("1S")
    Duration connectTimeout();

    /** WebSockets of one instance: at about 20 KB each in the gateway, 400 MB at most. */
    @WithDefault("20000")
    int maxTunnelsPerInstance();
}
