package io.heliograph.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The role of a member in a room. */
public enum Role {
    /** May change the room, remove members and delete messages. */
    @JsonProperty("owner")
    OWNER,
    @JsonProperty("member")
    MEMBER
}
