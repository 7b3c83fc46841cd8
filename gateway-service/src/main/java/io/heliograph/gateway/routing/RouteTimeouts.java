package io.heliograph.gateway.routing;

/**
 * How long a service may take, in nanoseconds.
 *
 * @param firstByte from the last byte of the request to the head of the answer
 * @param idle between two parts of the answer
 * @param total of the whole exchange, attempts that failed included
 */
public record RouteTimeouts(long firstByte, long idle, long total) {}
