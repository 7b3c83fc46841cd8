package io.heliograph.gateway.upstream.client;

import io.vertx.core.net.SocketAddress;

/**
 * Where requests go.
 *
 * @param address with the host whose certificate is due, if it is secure
 * @param authority what {@code Host} says
 */
public record ConnectionTarget(SocketAddress address, boolean secure, String authority) {}
