package io.heliograph.message.room;

import io.heliograph.message.page.Cursor;

/** A public room where the directory shows it: at {@code place}, which is its name from some word on, without case. */
record Listing(Room room, String place) {

    String cursor() {
        return Cursor.of(place, room.id());
    }
}
