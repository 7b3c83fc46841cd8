package io.heliograph.message.room;

import io.heliograph.message.page.Cursor;

/** A public room in the directory, sorted by {@code place}: its name from one of its words on, without case. */
record DirectoryEntry(Room room, String place) {

    /** The position of a walk behind this entry. */
    String cursor(DirectorySnapshot walk) {
        return Cursor.of(place, room.id(), walk.snapshot(), walk.begun().toEpochMilli());
    }
}
