package io.heliograph.message.mark;

import java.util.UUID;

/** Up to where somebody has read a room. */
public record ReadMark(UUID room, long seq) {}
