package io.heliograph.gateway.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A whole answer of a service, whatever its status.
 *
 * @param headers without those that speak of one connection
 */
public record FetchResponse(int status, MultiMap headers, Buffer body) {}
