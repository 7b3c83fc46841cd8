package io.heliograph.message.websocket;

import io.heliograph.message.identity.CallerResolver;
import io.heliograph.message.limit.RateLimit;
import io.heliograph.message.message.send.GroupCommit;
import io.heliograph.message.room.RoomAccess;
import jakarta.inject.Singleton;

/** What every session calls; one for all of them. */
@Singleton
record Backend(CallerResolver callers, RoomAccess rooms, GroupCommit commits, Live live, RateLimit budget, SocketConfig config) {}
