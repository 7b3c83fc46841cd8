package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a room is in the directory and may be joined unasked. */
public enum Visibility {
    @JsonProperty("public")
    PUBLIC("public"),
    @JsonProperty("private")
    PRIVATE("private");

    private final String text;

    Visibility(String text) {
        this.text = text;
    }

    /** The name in the database. */
    String text() {
        return text;
    }

    static Visibility of(String text) {
        return PUBLIC.text.equals(text) ? PUBLIC : PRIVATE;
    }
}
