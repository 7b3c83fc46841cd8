package io.heliograph.message.account;

import java.util.UUID;

/** A room with members who are connected to this replica. Not thread-safe. */
final class FollowedRoom {

    private final UUID id;
    private RoomDescription description;
    private long lastSeq;
    private long rev;
    private UnreadTail tail;

    FollowedRoom(MembershipState state) {
        this.id = state.room().id();
        this.description = state.room();
        this.lastSeq = state.lastSeq();
        this.rev = state.rev();
    }

    UUID id() {
        return id;
    }

    RoomDescription description() {
        return description;
    }

    void describe(RoomDescription description) {
        this.description = description;
    }

    /** The end of the room, as far as the unread counts have come. */
    long lastSeq() {
        return lastSeq;
    }

    long rev() {
        return rev;
    }

    void advance(long roomSeq, long roomRev) {
        lastSeq = roomSeq;
        rev = roomRev;
    }

    /** Null where nothing had to be counted lately. */
    UnreadTail tail() {
        return tail;
    }

    void tail(UnreadTail tail) {
        this.tail = tail;
    }
}
