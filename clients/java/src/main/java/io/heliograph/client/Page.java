package io.heliograph.client;

import java.util.List;

/**
 * A part of a list.
 *
 * @param next the {@code after} of the next page; null at the end
 */
public record Page<T>(List<T> items, String next) {}
