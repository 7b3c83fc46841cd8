package io.heliograph.message.account;

/** The membership of a user as it is stored; {@code lastSeq} and {@code rev} are those of the room. */
record MembershipState(RoomDescription room, long lastSeq, long rev, String role, long readSeq) {}
