package io.heliograph.message.account;

import java.util.UUID;

/**
 * The read mark of a user in a room, for the user's own connections.
 *
 * @param inRoom whether connections that have joined the room get the frame with the other events of the room
 * @param frame JSON in UTF-8
 */
public record OwnMark(UUID user, long seq, boolean inRoom, byte[] frame) {}
