package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a room is for. */
public enum RoomKind {
    /** For any number of people, looked after by its owners. */
    @JsonProperty("group")
    GROUP,
    /** For two people: there is one of each pair, without a name, an owner or other members. */
    @JsonProperty("direct")
    DIRECT
}
