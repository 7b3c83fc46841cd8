package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Requests of one connection that wait for their responses. */
final class PendingRequests {

    private final Map<Long, Consumer<JsonNode>> pending = new HashMap<>();
    private long lastId;

    /** The frame with the id that its response will have. */
    Map<String, Object> add(Map<String, ?> frame, Consumer<JsonNode> onAnswer) {
        long id = ++lastId;
        pending.put(id, onAnswer);
        Map<String, Object> withId = new HashMap<>(frame);
        withId.put("id", id);
        return withId;
    }

    /** Passes a response to its request; returns whether the frame is one. */
    boolean answer(JsonNode frame) {
        JsonNode id = frame.path("id");
        Consumer<JsonNode> onAnswer = id.isIntegralNumber() ? pending.remove(id.longValue()) : null;
        if (onAnswer == null) {
            return false;
        }
        onAnswer.accept(frame);
        return true;
    }

    /** Completes all waiting requests with null, after the end of the connection. */
    void end() {
        List<Consumer<JsonNode>> unanswered = List.copyOf(pending.values());
        pending.clear();
        unanswered.forEach(onAnswer -> onAnswer.accept(null));
    }
}
