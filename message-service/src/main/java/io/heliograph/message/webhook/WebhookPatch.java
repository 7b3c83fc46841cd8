package io.heliograph.message.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.heliograph.message.request.Text;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A change of a webhook. A missing field is not changed; {@code rooms: null} means all rooms. */
final class WebhookPatch {

    // Jackson calls the setter only if the field is present: null if it is missing, empty if it is null.
    @JsonProperty
    Optional<@NotNull @Text(max = NewWebhook.MAX_URL) String> url;

    @JsonProperty
    Optional<@NotNull @NotEmpty Set<@NotNull EventType>> events;

    @JsonProperty
    Optional<@Size(min = 1, max = NewWebhook.MAX_ROOMS) List<@NotNull UUID>> rooms;

    @JsonProperty
    Optional<@NotNull Boolean> batch;

    @JsonProperty
    Optional<@NotNull Boolean> enabled;

    String newUrl() {
        return url == null ? null : url.orElseThrow();
    }

    Set<EventType> newEvents() {
        return events == null ? null : events.orElseThrow();
    }

    boolean changesRooms() {
        return rooms != null;
    }

    /** Null for all rooms. */
    List<UUID> newRooms() {
        return rooms == null ? null : rooms.orElse(null);
    }

    Boolean newBatch() {
        return batch == null ? null : batch.orElseThrow();
    }

    Boolean newEnabled() {
        return enabled == null ? null : enabled.orElseThrow();
    }
}
