package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;

/** What frames of the server say. */
final class Frames {

    private Frames() {}

    /** Of an {@code error}. */
    static HeliographException failure(JsonNode frame) {
        return new HeliographException(
                frame.path("code").asText(), frame.path("message").asText());
    }

    static boolean isError(JsonNode frame) {
        return frame.path("type").asText().equals("error");
    }
}
