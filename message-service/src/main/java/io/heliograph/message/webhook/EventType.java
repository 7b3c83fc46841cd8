package io.heliograph.message.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.heliograph.message.delivery.Change;
import io.heliograph.message.message.Message;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The events of webhooks. Each is a stored change of a message, which has a revision. */
enum EventType {
    @JsonProperty("message.created")
    CREATED("message.created"),
    /** The content or the reactions changed. */
    @JsonProperty("message.updated")
    UPDATED("message.updated"),
    @JsonProperty("message.deleted")
    DELETED("message.deleted");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /** The name in the database and in events. */
    String text() {
        return text;
    }

    static EventType of(String text) {
        for (EventType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException(text);
    }

    /**
     * The event for a message in its current state, for a webhook that has all messages up to {@code known}. A new
     * message that has already been changed is also an event for webhooks that subscribe only to changes.
     */
    static Optional<EventType> of(Message message, long known, Set<EventType> wanted) {
        if (message.createdRev() > known && wanted.contains(CREATED)) {
            return Optional.of(CREATED);
        } else if (message.deletedAt() != null) {
            return Optional.of(DELETED).filter(wanted::contains);
        }
        return Optional.of(UPDATED).filter(type -> message.rev() > message.createdRev() && wanted.contains(type));
    }

    /** The type of the WebSocket frame for this event. */
    Change frame(Message message) {
        return switch (this) {
            case CREATED -> Change.sent(message);
            case UPDATED -> Change.updated(message);
            case DELETED -> Change.deleted(message);
        };
    }

    /** The time of the event, as far as it is stored: a reaction has no time of its own. */
    Instant time(Message message) {
        return switch (this) {
            case CREATED -> message.createdAt();
            case UPDATED -> message.editedAt() == null ? message.createdAt() : message.editedAt();
            case DELETED -> message.deletedAt();
        };
    }
}
