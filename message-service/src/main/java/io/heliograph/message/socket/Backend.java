package io.heliograph.message.socket;

import io.heliograph.message.room.Rooms;
import io.heliograph.message.send.GroupCommit;
import io.heliograph.message.token.TokenVerifier;
import jakarta.inject.Singleton;

/** What every session calls; one for all of them. */
@Singleton
record Backend(TokenVerifier tokens, Rooms rooms, GroupCommit commits, Live live, SocketConfig config) {}
