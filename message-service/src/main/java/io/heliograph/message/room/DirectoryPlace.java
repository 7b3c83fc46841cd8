package io.heliograph.message.room;

import java.util.List;
import java.util.UUID;

/** Where the directory goes on: it is in the order of the places of its listings, and of ids where these are the same. */
record DirectoryPlace(String place, UUID id) {

    static final int PARTS = 2;
    static final DirectoryPlace START = new DirectoryPlace("", new UUID(0, 0));

    static DirectoryPlace of(List<String> parts) {
        return new DirectoryPlace(parts.get(0), UUID.fromString(parts.get(1)));
    }
}
