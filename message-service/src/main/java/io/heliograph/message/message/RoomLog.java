package io.heliograph.message.message;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The committed changes of rooms, as live delivery reads them back. */
public interface RoomLog {

    /**
     * Messages that changed after {@code rev}: at most {@code limit}, and, except for the last one, at most {@code
     * bytes} of content. An unknown room has no changes.
     */
    Future<ChangePage> changedAfter(UUID room, long rev, int limit, long bytes);

    /** The latest rev of each of these rooms that exists. */
    Future<Map<UUID, Long>> heads(List<UUID> rooms);

    /** For each of these, in their order, whether the user is a member of the room. */
    Future<List<Boolean>> areMembers(List<RoomUser> users);

    record RoomUser(UUID room, UUID user) {}
}
