package io.heliograph.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The users who can find and join a room. */
public enum Visibility {
    /** All users. */
    @JsonProperty("public")
    PUBLIC,
    /** Invited users. */
    @JsonProperty("private")
    PRIVATE
}
