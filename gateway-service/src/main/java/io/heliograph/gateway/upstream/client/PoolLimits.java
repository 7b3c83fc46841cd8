package io.heliograph.gateway.upstream.client;

import java.time.Duration;

/**
 * What a {@link ConnectionPool} may have.
 *
 * @param connections that are open or being opened
 * @param waiting requests that wait for one of them
 * @param maxWait how long each may
 * @param idle how long a connection is kept that carries nothing
 */
public record PoolLimits(int maxConnections, int maxWaiting, Duration maxWait, Duration idle) {}
