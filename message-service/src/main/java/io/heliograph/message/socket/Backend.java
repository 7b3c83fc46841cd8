package io.heliograph.message.socket;

import io.heliograph.message.identity.Callers;
import io.heliograph.message.limit.RateLimit;
import io.heliograph.message.room.Rooms;
import io.heliograph.message.send.GroupCommit;
import jakarta.inject.Singleton;

/** What every session calls; one for all of them. */
@Singleton
record Backend(Callers callers, Rooms rooms, GroupCommit commits, Live live, RateLimit budget, SocketConfig config) {}
