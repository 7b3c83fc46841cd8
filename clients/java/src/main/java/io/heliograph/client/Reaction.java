package io.heliograph.client;

/**
 * An emoji with which users react to a message.
 *
 * @param count the number of these users, at least 1
 * @param mine whether the caller is among them
 */
public record Reaction(String emoji, int count, boolean mine) {}
