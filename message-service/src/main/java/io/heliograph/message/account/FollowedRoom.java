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

    /** The last seq that the unread counts include. */
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

    /** Null if no unread count of the room was computed recently. */
    UnreadTail tail() {
        return tail;
    }

    void tail(UnreadTail tail) {
        this.tail = tail;
    }
}
