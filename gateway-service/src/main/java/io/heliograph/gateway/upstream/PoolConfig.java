package io.heliograph.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The connection pools of upstreams. */
@ConfigMapping(prefix = "heliograph.gateway.pool")
public interface PoolConfig {

    /** Connections to all instances together; the services are sized for this many from one gateway. */
    @WithDefault("100")
    int maxConnections();

    /** Connections to one instance, so that a slow instance cannot use up all of them. */
    @WithDefault("30")
    int maxConnectionsPerInstance();

    /** Requests to one instance that may wait for a connection; further ones get {@code 503 overloaded}. */
    @WithDefault("500")
    int maxWaiting();

    /** How long a request may wait for a connection before it gets {@code 503 overloaded}. */
    @WithDefault("2S")
    Duration maxWait();

    /**
     * The share of the connections to an upstream that one address (of IPv6 one network of 64 bits) may use at a time.
     * Further requests wait, as for a connection; past the queue they get {@code 429 too_many_in_flight}. Three
     * quarters, since a whole company may share one address, and a quarter is enough for all others while responses are
     * fast.
     */
    @WithDefault("0.75")
    double maxSharePerAddress();

    /**
     * The same share for one user, from all addresses: half, so that other users of the same address keep a quarter.
     */
    @WithDefault("0.5")
    double maxSharePerUser();

    /** How long an idle connection is kept; shorter than the idle timeout of every service behind the gateway. */
    @WithDefault("30S")
    Duration keepAlive();

    /**
     * The timeout of the TCP connection, and again of the TLS handshake. Inside a cluster both take milliseconds; over
     * a wide area network up to 10 s may be appropriate.
     */
    @WithDefault("1S")
    Duration connectTimeout();

    /**
     * Requests that an instance holds back until there is something to answer ({@code waitMs} of the change feed), each
     * with a connection beside those of {@link #maxConnectionsPerInstance()}: they take next to nothing of the instance,
     * and must not take the place of those that it works for.
     */
    @WithDefault("5000")
    int maxLongPollsPerInstance();

    /** Open WebSockets to one instance: at about 20 KB each in the gateway, 400 MB at most. */
    @WithDefault("20000")
    int maxWebsocketsPerInstance();
}
