package io.heliograph.message.sync;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.heliograph.message.room.Membership;

/** A room of the caller, with the number of users online. */
record RoomSnapshot(@JsonUnwrapped Membership room, int online) {}
