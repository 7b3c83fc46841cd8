package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads frames of the server. */
final class Frames {

    private Frames() {}

    /** The exception of an {@code error} frame. */
    static HeliographException failure(JsonNode frame) {
        return new HeliographException(
                frame.path("code").asText(), frame.path("message").asText());
    }

    static boolean isError(JsonNode frame) {
        return frame.path("type").asText().equals("error");
    }
}
