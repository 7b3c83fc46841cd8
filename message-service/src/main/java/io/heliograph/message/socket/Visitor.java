package io.heliograph.message.socket;

import java.util.concurrent.atomic.AtomicInteger;

/** One person on this replica, with however many sockets. */
record Visitor(FloodGate sends, AtomicInteger sockets) {}
