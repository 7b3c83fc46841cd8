package io.heliograph.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A message on its way.
 *
 * @param error why it failed, or was not taken yet; null if there was no refusal
 * @param order entries of lower numbers were written earlier
 */
public record OutboxEntry(String room, NewMessage message, State state, Failure error, long order) {

    /** How far a message has come. */
    public enum State {
        /** Until there is a connection, or the pause after a refusal ends. */
        @JsonProperty("waiting")
        WAITING,
        /** Until the server answers. */
        @JsonProperty("sending")
        SENDING,
        /** Refused for good: kept until it is retried or discarded. */
        @JsonProperty("failed")
        FAILED
    }

    /** A refusal, by one of the codes of the server. */
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
