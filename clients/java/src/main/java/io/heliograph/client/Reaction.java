package io.heliograph.client;

/**
 * What people react to a message with.
 *
 * @param count how many people do, at least 1
 * @param mine whether the caller is among them
 */
public record Reaction(String emoji, int count, boolean mine) {}
