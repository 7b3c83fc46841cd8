package io.heliograph.message.room;

import io.heliograph.message.page.Cursor;
import java.util.List;
import java.util.UUID;

/** A place in the directory, which is in the order of names without case, and of ids where these are the same. */
record DirectoryPlace(String name, UUID id) {

    static final int PARTS = 2;
    static final DirectoryPlace START = new DirectoryPlace("", new UUID(0, 0));

    static DirectoryPlace of(List<String> parts) {
        return new DirectoryPlace(parts.get(0), UUID.fromString(parts.get(1)));
    }

    static String cursor(Room room) {
        return Cursor.of(room.name(), room.id());
    }
}
