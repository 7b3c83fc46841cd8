package io.heliograph.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who may find and join a room. */
public enum Visibility {
    /** Everybody. */
    @JsonProperty("public")
    PUBLIC,
    /** Who is invited. */
    @JsonProperty("private")
    PRIVATE
}
