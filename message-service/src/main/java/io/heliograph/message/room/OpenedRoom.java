package io.heliograph.message.room;

/** A direct room, and whether this request has created it. */
record OpenedRoom(Room room, boolean created) {}
