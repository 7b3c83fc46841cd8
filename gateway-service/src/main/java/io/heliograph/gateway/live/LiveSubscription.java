package io.heliograph.gateway.live;

import io.heliograph.gateway.live.WatchRequest.InvalidRequest;
import io.vertx.core.MultiMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
