package io.heliograph.message.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of a request to an endpoint. */
enum DeliveryOutcome {
    /** Answered with a status from 200 to 299. */
    @JsonProperty("delivered")
    DELIVERED("delivered"),
    /** Answered with another status. A redirect is one of them: it is not followed. */
    @JsonProperty("rejected")
    REJECTED("rejected"),
    /** Answered with 410: the endpoint wants no more. */
    @JsonProperty("gone")
    GONE("gone"),
    /** There was no answer in time. */
    @JsonProperty("timeout")
    TIMEOUT("timeout"),
    /** There was no connection, or it broke before an answer. */
    @JsonProperty("unreachable")
    UNREACHABLE("unreachable"),
    /** The address may not be asked. */
    @JsonProperty("refused")
    REFUSED("refused");

    private final String text;

    DeliveryOutcome(String text) {
        this.text = text;
    }

    /** As it stands in the database and in labels. */
    String text() {
        return text;
    }

    static DeliveryOutcome of(String text) {
        for (DeliveryOutcome outcome : values()) {
            if (outcome.text.equals(text)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException(text);
    }
}
