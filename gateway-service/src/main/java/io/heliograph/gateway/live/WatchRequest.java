package io.heliograph.gateway.live;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A frame of a watcher. */
sealed interface WatchRequest {

    /** Authenticates the watcher, or renews its token. */
    record Connect(String token) implements WatchRequest {}

    record Subscribe(LiveSubscription subscription) implements WatchRequest {}

    record Ping() implements WatchRequest {}

    /** Own tokens have fewer than 1,000 characters; those of other issuers may have more claims. */
    int MAX_TOKEN = 8_192;

    static JsonObject json(String frame) throws InvalidRequest {
        try {
            return new JsonObject(frame);
        } catch (DecodeException e) {
            throw new InvalidRequest("invalid_json", "a frame is one JSON object");
        }
    }

    static WatchRequest of(JsonObject frame) throws InvalidRequest {
        if (!(frame.getValue("type") instanceof String type)) {
            throw new InvalidRequest("type must be text");
        }
        return switch (type) {
            case "connect" -> new Connect(token(frame));
            case "subscribe" -> new Subscribe(subscription(frame));
            case "ping" -> new Ping();
            default -> throw new InvalidRequest("unknown_type", "there is no such type of frame");
        };
    }

    private static String token(JsonObject frame) throws InvalidRequest {
        if (frame.getValue("token") instanceof String token && !token.isEmpty() && token.length() <= MAX_TOKEN) {
            return token;
        }
        throw new InvalidRequest("token must be text of up to " + MAX_TOKEN + " characters");
    }

    private static LiveSubscription subscription(JsonObject frame) throws InvalidRequest {
        Object topics = frame.getValue("topics", new JsonArray().add("services").add("alerts"));
        Object interval = frame.getValue("intervalMs", LiveSubscription.DEFAULT.intervalMillis());
        if (!(topics instanceof JsonArray array) || array.stream().anyMatch(topic -> !(topic instanceof String))) {
            throw new InvalidRequest("topics must be an array of text");
        }
        if (!(interval instanceof Integer || interval instanceof Long)) {
            throw new InvalidRequest("intervalMs must be an integer");
        }
        List<String> names = array.stream().map(String.class::cast).toList();
        return LiveSubscription.of(names, ((Number) interval).longValue());
    }

    /**
     * An invalid frame or query of a watcher. It has no stack trace, since clients determine how often it is thrown.
     */
    final class InvalidRequest extends Exception {

        private static final long serialVersionUID = 1;

        private final String code;

        InvalidRequest(String message) {
            this("invalid_request", message);
        }

        InvalidRequest(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
