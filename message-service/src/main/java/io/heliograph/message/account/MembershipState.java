package io.heliograph.message.account;

/** A stored membership of a user. {@code lastSeq} and {@code rev} are those of the room. */
record MembershipState(RoomDescription room, long lastSeq, long rev, String role, long readSeq) {}
