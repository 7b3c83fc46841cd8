package io.heliograph.gateway.live;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a watcher may subscribe to. */
enum LiveTopic {
    /** The samples of each replica. */
    SERVICES,
    /** The alerts that fire. */
    ALERTS,
    /** What is under way, and what it came to. */
    TASKS;

    private final String label = name().toLowerCase(Locale.ROOT);

    static Optional<LiveTopic> parse(String label) {
        return Stream.of(values()).filter(topic -> topic.label.equals(label)).findFirst();
    }
}
