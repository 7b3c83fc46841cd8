package io.heliograph.message.delivery;

/** A durable change of a room: its place in the room's order, and the frame that tells of it, as JSON in UTF-8. */
record Change(long rev, byte[] frame) {}
