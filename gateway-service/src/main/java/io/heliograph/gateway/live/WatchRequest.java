package io.heliograph.gateway.live;

import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** The topics and the interval of a watcher. */
    record LiveSubscription(Set<LiveTopic> topics, long intervalMillis) {

        static final LiveSubscription DEFAULT =
                new LiveSubscription(EnumSet.of(LiveTopic.SERVICES, LiveTopic.ALERTS), 1_000);

        static final int MIN_INTERVAL = 500;
        static final int MAX_INTERVAL = 60_000;

        static LiveSubscription of(List<String> topics, long intervalMillis) throws InvalidRequest {
            if (intervalMillis < MIN_INTERVAL || intervalMillis > MAX_INTERVAL) {
                throw new InvalidRequest("intervalMs must be " + MIN_INTERVAL + " to " + MAX_INTERVAL);
            }
            Set<LiveTopic> wanted = EnumSet.noneOf(LiveTopic.class);
            for (String topic : topics) {
                wanted.add(LiveTopic.parse(topic)
                        .orElseThrow(() -> new InvalidRequest("topics must be some of services, alerts and tasks")));
            }
            if (wanted.isEmpty()) {
                throw new InvalidRequest("topics must be some of services, alerts and tasks");
            }
            return new LiveSubscription(wanted, intervalMillis);
        }

        /**
         * Parses the query of a request: {@code topics}, separated by commas, and {@code intervalMs}; both are optional.
         */
        static LiveSubscription of(MultiMap query) throws InvalidRequest {
            String interval = query.get("intervalMs");
            String topics = query.get("topics");
            if (interval == null && topics == null) {
                return DEFAULT;
            }
            try {
                return of(
                        topics == null ? List.of("services", "alerts") : List.of(topics.split(",", -1)),
                        interval == null ? DEFAULT.intervalMillis() : Long.parseLong(interval));
            } catch (NumberFormatException e) {
                throw new InvalidRequest("intervalMs must be a number");
            }
        }

        /** The topics that a watcher may subscribe to. */
        enum LiveTopic {
            /** The samples of each replica. */
            SERVICES,
            /** The alerts that fire. */
            ALERTS,
            /** The running tasks and their results. */
            TASKS;

            private final String label = name().toLowerCase(Locale.ROOT);

            static Optional<LiveTopic> parse(String label) {
                return Stream.of(values())
                        .filter(topic -> topic.label.equals(label))
                        .findFirst();
            }
        }
    }
}
