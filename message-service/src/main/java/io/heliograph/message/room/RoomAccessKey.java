package io.heliograph.message.room;

import java.util.UUID;

/** A room and the user whose access is checked. */
record RoomAccessKey(UUID room, UUID person) {}
