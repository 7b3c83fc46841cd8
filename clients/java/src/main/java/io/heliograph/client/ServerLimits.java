package io.heliograph.client;

/**
 * The limits in the welcome of a connection.
 *
 * @param frameBytes the longest frame
 * @param rooms the number of rooms that a connection may follow
 * @param contentCharacters the longest message
 */
public record ServerLimits(int frameBytes, int rooms, int contentCharacters) {}
