package io.heliograph.message.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.heliograph.message.delivery.Change;
import io.heliograph.message.message.Message;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What webhooks may hear of. Each is a stored change of a message, which has a revision. */
enum EventType {
    @JsonProperty("message.created")
    CREATED("message.created"),
    /** Edited, or reactions came or went. */
    @JsonProperty("message.updated")
    UPDATED("message.updated"),
    @JsonProperty("message.deleted")
    DELETED("message.deleted");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /** As it stands in the database and in events. */
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
     * How one who wants these events hears of a message as it is now, who has heard of all up to {@code known}. A message
     * that is new and has changed already is an event for those too who want changes only.
     */
    static Optional<EventType> of(Message message, long known, Set<EventType> wanted) {
        if (message.createdRev() > known && wanted.contains(CREATED)) {
            return Optional.of(CREATED);
        } else if (message.deletedAt() != null) {
            return Optional.of(DELETED).filter(wanted::contains);
        }
        return Optional.of(UPDATED).filter(type -> message.rev() > message.createdRev() && wanted.contains(type));
    }

    /** The frame that sockets get of this event. */
    Change frame(Message message) {
        return switch (this) {
            case CREATED -> Change.sent(message);
            case UPDATED -> Change.updated(message);
            case DELETED -> Change.deleted(message);
        };
    }

    /** When it happened, as far as that is stored: a reaction has no time of its own. */
    Instant time(Message message) {
        return switch (this) {
            case CREATED -> message.createdAt();
            case UPDATED -> message.editedAt() == null ? message.createdAt() : message.editedAt();
            case DELETED -> message.deletedAt();
        };
    }
}
