package io.heliograph.client;

/**
 * How far somebody has read.
 *
 * @param seq the last message that is read; 0 for none
 */
public record ReadMark(User user, long seq) {}
