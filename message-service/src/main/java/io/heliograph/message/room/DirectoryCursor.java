package io.heliograph.message.room;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The position at which the directory continues, whose entries are sorted by place, then by id; and the snapshot of the
 * walk, which is empty at the start.
 */
record DirectoryCursor(String place, UUID id, Optional<DirectorySnapshot> walk) {

    static final int PARTS = 4;
    static final DirectoryCursor START = new DirectoryCursor("", new UUID(0, 0), Optional.empty());

    static DirectoryCursor of(List<String> parts) {
        DirectorySnapshot walk = DirectorySnapshot.of(parts.get(2), parts.get(3));
        return new DirectoryCursor(parts.get(0), UUID.fromString(parts.get(1)), Optional.of(walk));
    }
}
