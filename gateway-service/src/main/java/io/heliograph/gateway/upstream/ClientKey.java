package io.heliograph.gateway.upstream;

import java.util.UUID;

/**
 * Who asks, as far as it is known.
 *
 * @param network the address, of IPv6 the network of 64 bits: a client has all addresses of it
 * @param user null without a good token
 */
public record ClientKey(String network, UUID user) {}
