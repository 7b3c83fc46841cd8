package io.heliograph.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All rooms of the caller at one moment, and what was known before they were asked for.
 *
 * @param rev how many times the caller had come into rooms and left them
 * @param members the rooms that the caller was known to be in
 * @param moves how often the read mark of each room had moved
 */
record AccountPicture(long rev, List<RoomInfo> rooms, Set<String> members, Map<String, Long> moves) {

    /** The picture before its first page. */
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
