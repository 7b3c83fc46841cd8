package io.heliograph.message.account;

/** A connected user in a room. Not thread-safe. */
final class FollowedMembership {

    private final FollowedAccount account;
    private final FollowedRoom room;
    private String role;
    private long readSeq;
    /** When the unread count was last published, in nanoseconds; 0 if it never was. */
    private long publishedAt;
    /** Whether the count is published as soon as the interval permits it. */
    private boolean pending;
    /** Whether the count is published once the messages of the room have been read. */
    private boolean owed;
    /** Whether the count is also for connections that have joined the room, since the read mark has moved. */
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

    /** Whether the interval permits publishing the count now. */
    boolean mayPublish(long nanoTime, long intervalNanos) {
        return publishedAt == 0 || nanoTime - publishedAt >= intervalNanos;
    }

    /** Marks the count as pending until the interval permits it; returns whether it was not pending before. */
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

    void published(long nanoTime) {
        publishedAt = nanoTime;
        pending = false;
        owed = false;
        marked = false;
    }
}
