package io.heliograph.message.room;

import java.util.UUID;

/** Somebody who asks for a room. */
record RoomAccessKey(UUID room, UUID person) {}
