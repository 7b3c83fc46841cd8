package io.heliograph.message.socket;

import io.heliograph.message.limit.TokenBucket;
import java.util.concurrent.atomic.AtomicInteger;

/** One person on this replica, with however many sockets. */
record Visitor(TokenBucket sends, AtomicInteger sockets) {}
