package io.heliograph.message.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A webhook as its owner sees it.
 *
 * @param rooms those whose changes are posted, as far as the owner is a member; null for all rooms of the owner
 * @param batch whether a request has an array of events in place of one event
 * @param disabledReason why it was disabled, if that was not by a person
 * @param failingSince since when the endpoint has taken nothing; null if it takes what is posted
 * @param lastError why it did not take the last request
 * @param secret only in the answers that show it once
 */
record Webhook(
        UUID id,
        UUID owner,
        String url,
        Set<EventType> events,
        @Schema(nullable = true) List<UUID> rooms,
        boolean batch,
        boolean enabled,
        @JsonInclude(JsonInclude.Include.NON_NULL) String disabledReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant disabledAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant failingSince,
        @JsonInclude(JsonInclude.Include.NON_NULL) String lastError,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) String secret) {

    Webhook withSecret(WebhookSecret shown) {
        return new Webhook(
                id,
                owner,
                url,
                events,
                rooms,
                batch,
                enabled,
                disabledReason,
                disabledAt,
                failingSince,
                lastError,
                createdAt,
                updatedAt,
                shown.text());
    }
}
