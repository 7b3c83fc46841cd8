package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Requests of one connection that wait for their answers. */
final class PendingRequests {

    private final Map<Long, Consumer<JsonNode>> pending = new HashMap<>();
    private long lastId;

    /** The frame with the id that its answer will have. */
    Map<String, Object> add(Map<String, ?> frame, Consumer<JsonNode> onAnswer) {
        long id = ++lastId;
        pending.put(id, onAnswer);
        Map<String, Object> withId = new HashMap<>(frame);
        withId.put("id", id);
        return withId;
    }

    /** Whether this is the answer to one of them, which then hears of it. */
    boolean answer(JsonNode frame) {
        JsonNode id = frame.path("id");
        Consumer<JsonNode> onAnswer = id.isIntegralNumber() ? pending.remove(id.longValue()) : null;
        if (onAnswer == null) {
            return false;
        }
        onAnswer.accept(frame);
        return true;
    }

    /** The connection ended: who still waits gets null. */
    void end() {
        List<Consumer<JsonNode>> unanswered = List.copyOf(pending.values());
        pending.clear();
        unanswered.forEach(onAnswer -> onAnswer.accept(null));
    }
}
