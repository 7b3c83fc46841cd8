package io.heliograph.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of a room. */
public enum RoomKind {
    /** A room for users who join or are invited. */
    @JsonProperty("group")
    GROUP,
    /** The only direct room of two users. */
    @JsonProperty("direct")
    DIRECT
}
