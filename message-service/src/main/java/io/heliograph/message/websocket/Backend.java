package io.heliograph.message.websocket;

import io.heliograph.message.identity.Callers;
import io.heliograph.message.limit.RateLimit;
import io.heliograph.message.message.send.GroupCommit;
import io.heliograph.message.room.Rooms;
import jakarta.inject.Singleton;

/** What every session calls; one for all of them. */
@Singleton
record Backend(Callers callers, Rooms rooms, GroupCommit commits, Live live, RateLimit budget, SocketConfig config) {}
