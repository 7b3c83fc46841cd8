package io.heliograph.message.message.read;

import java.util.UUID;

/** The sequence number up to which a user has read a room. */
record ReadMark(UUID room, long seq) {}
