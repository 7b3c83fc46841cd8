package io.heliograph.client;

/**
 * The read mark of a user.
 *
 * @param seq the last message that the user has read; 0 for none
 */
public record ReadMark(User user, long seq) {}
