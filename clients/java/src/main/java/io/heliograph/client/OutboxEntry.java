package io.heliograph.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A message of the outbox.
 *
 * @param error the last rejection; null if there was none
 * @param order entries with lower numbers were written earlier
 */
public record OutboxEntry(String room, NewMessage message, State state, Failure error, long order) {

    /** The state of a message. */
    public enum State {
        /** Waits for a connection, or for the end of the pause after a rejection. */
        @JsonProperty("waiting")
        WAITING,
        /** Waits for the response of the server. */
        @JsonProperty("sending")
        SENDING,
        /** Rejected permanently: kept until it is retried or discarded. */
        @JsonProperty("failed")
        FAILED
    }

    /** A rejection, with its code. */
    public record Failure(String code, String message) {}

    public String clientId() {
        return message.clientId();
    }

    public String content() {
        return message.content();
    }

    OutboxEntry with(State newState, Failure newError) {
        return new OutboxEntry(room, message, newState, newError, order);
    }
}
