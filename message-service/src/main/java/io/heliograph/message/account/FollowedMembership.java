package io.heliograph.message.account;

/** A connected user in a room. Not thread-safe. */
final class FollowedMembership {

    private final FollowedAccount account;
    private final FollowedRoom room;
    private String role;
    private long readSeq;
    /** When the unread count was told last; 0 if it never was. */
    private long toldAt;
    /** Whether the count is to be told as soon as it may be. */
    private boolean pending;
    /** Whether the count is to be told once the messages of the room are read. */
    private boolean owed;
    /** Whether it is to be told to the connections that have joined the room too, since the read mark has moved. */
    private boolean marked;

    FollowedMembership(FollowedAccount account, FollowedRoom room, MembershipState state) {
        this.account = account;
        this.room = room;
        this.role = state.role();
        this.readSeq = state.readSeq();
    }

    FollowedAccount account() {
        return account;
    }

    FollowedRoom room() {
        return room;
    }

    String role() {
        return role;
    }

    void role(String role) {
        this.role = role;
    }

    long readSeq() {
        return readSeq;
    }

    void mark(long readSeq) {
        this.readSeq = readSeq;
        this.marked = true;
    }

    boolean isMarked() {
        return marked;
    }

    /** Whether the count may be told now. */
    boolean mayTell(long nanoTime, long intervalNanos) {
        return toldAt == 0 || nanoTime - toldAt >= intervalNanos;
    }

    /** The count is to be told as soon as it may be; whether that is new. */
    boolean await() {
        boolean isNew = !pending;
        pending = true;
        return isNew;
    }

    boolean isOwed() {
        return owed;
    }

    void owe() {
        owed = true;
    }

    void endWait() {
        pending = false;
    }

    void told(long nanoTime) {
        toldAt = nanoTime;
        pending = false;
        owed = false;
        marked = false;
    }
}
