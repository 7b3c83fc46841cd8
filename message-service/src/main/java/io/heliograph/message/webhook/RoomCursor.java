package io.heliograph.message.webhook;

import java.util.UUID;

/**
 * The position of a webhook in a room: all changes up to {@code rev} and all messages up to {@code known} have been
 * posted. The two differ between pages, when a message that has changed again is still to be posted.
 */
record RoomCursor(UUID room, long rev, long known) {}
