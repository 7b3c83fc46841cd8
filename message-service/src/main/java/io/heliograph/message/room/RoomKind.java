package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of a room. */
public enum RoomKind {
    /** For any number of users, managed by its owners. */
    @JsonProperty("group")
    GROUP,
    /** For two users: one per pair, without a name, an owner or other members. */
    @JsonProperty("direct")
    DIRECT
}
