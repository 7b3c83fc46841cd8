package io.heliograph.client;

/**
 * The bounds that the server names when it welcomes a connection.
 *
 * @param frameBytes the longest frame
 * @param rooms how many rooms a connection may follow
 * @param contentCharacters the longest message
 */
public record ServerLimits(int frameBytes, int rooms, int contentCharacters) {}
