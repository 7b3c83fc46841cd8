package io.heliograph.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a room is made up. */
public enum RoomKind {
    /** Of anybody who joins or is invited. */
    @JsonProperty("group")
    GROUP,
    /** Of two people, who have one such room at most. */
    @JsonProperty("direct")
    DIRECT
}
