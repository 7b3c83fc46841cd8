package io.heliograph.message.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The result of a request to an endpoint. */
enum DeliveryOutcome {
    /** The response had a status from 200 to 299. */
    @JsonProperty("delivered")
    DELIVERED("delivered"),
    /** The response had another status. Redirects are not followed, so they count as such. */
    @JsonProperty("rejected")
    REJECTED("rejected"),
    /** The response was 410: the endpoint wants no further events. */
    @JsonProperty("gone")
    GONE("gone"),
    /** There was no response in time. */
    @JsonProperty("timeout")
    TIMEOUT("timeout"),
    /** The connection failed, or closed before a response. */
    @JsonProperty("unreachable")
    UNREACHABLE("unreachable"),
    /** The egress rules forbid the address. */
    @JsonProperty("refused")
    REFUSED("refused");

    private final String text;

    DeliveryOutcome(String text) {
        this.text = text;
    }

    /** The name in the database and in metric labels. */
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
