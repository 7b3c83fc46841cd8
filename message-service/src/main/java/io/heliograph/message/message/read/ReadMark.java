package io.heliograph.message.message.read;

import java.util.UUID;

/** Up to where somebody has read a room. */
record ReadMark(UUID room, long seq) {}
