package io.heliograph.message.room;

import io.heliograph.message.page.Cursor;

/** A public room where the directory shows it: at {@code place}, which is its name from some word on, without case. */
record DirectoryEntry(Room room, String place) {

    /** Where a walk goes on behind this. */
    String cursor(DirectorySnapshot walk) {
        return Cursor.of(place, room.id(), walk.snapshot(), walk.begun().toEpochMilli());
    }
}
