package io.heliograph.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A snapshot of all rooms of the caller, and the state of the client before the request.
 *
 * @param rev how many times the caller had joined and left rooms
 * @param members the known rooms of the caller
 * @param moves how often the read mark of each room had moved
 */
record AccountPicture(long rev, List<RoomInfo> rooms, Set<String> members, Map<String, Long> moves) {

    /** The snapshot before its first page. */
    static AccountPicture before(Map<String, Room> known) {
        return new AccountPicture(
                -1,
                List.of(),
                known.values().stream()
                        .filter(room -> room.state().isMember())
                        .map(Room::id)
                        .collect(Collectors.toSet()),
                known.values().stream()
                        .collect(Collectors.toMap(Room::id, room -> room.state().moves())));
    }

    /** With another page; the number is that of the first. */
    AccountPicture with(long revOfPage, List<RoomInfo> page) {
        List<RoomInfo> all = new ArrayList<>(rooms);
        all.addAll(page);
        return new AccountPicture(rev < 0 ? revOfPage : rev, all, members, moves);
    }
}
