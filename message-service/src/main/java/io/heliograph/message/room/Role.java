package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The role of a member: an owner changes the room and its members, a member takes part. */
public enum Role {
    @JsonProperty("owner")
    OWNER("owner"),
    @JsonProperty("member")
    MEMBER("member");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** The name in the database. */
    String text() {
        return text;
    }

    static Role of(String text) {
        return OWNER.text.equals(text) ? OWNER : MEMBER;
    }
}
