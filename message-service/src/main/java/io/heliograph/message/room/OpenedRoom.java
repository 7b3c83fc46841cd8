package io.heliograph.message.room;

/** A direct room, and whether it was made by this request. */
record OpenedRoom(Room room, boolean created) {}
