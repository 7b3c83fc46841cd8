package io.heliograph.message.account;

import java.util.Set;
import java.util.UUID;

/** A frame for the connections of a user, and which of them it is for. */
public sealed interface AccountEvent {

    /** JSON in UTF-8. */
    byte[] frame();

    /** For each connection. */
    record ForAll(byte[] frame) implements AccountEvent {}

    /** For connections that have not joined this room, and get nothing of it otherwise. */
    record ForNotJoined(UUID room, byte[] frame) implements AccountEvent {}

    /** For connections that have joined one of these rooms. */
    record ForJoined(Set<UUID> rooms, byte[] frame) implements AccountEvent {}
}
