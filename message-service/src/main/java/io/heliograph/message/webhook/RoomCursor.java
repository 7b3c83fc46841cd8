package io.heliograph.message.webhook;

import java.util.UUID;

/**
 * What of a room has been posted: everything up to {@code rev}, and each message that was there up to {@code known}.
 * These differ in the midst of several pages, where a message that has changed again is still to come.
 */
record RoomCursor(UUID room, long rev, long known) {}
