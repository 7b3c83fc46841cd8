package io.heliograph.message.sync;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.heliograph.message.room.Membership;

/** A room of the caller, with {@code online} people in it. */
record RoomSnapshot(@JsonUnwrapped Membership room, int online) {}
