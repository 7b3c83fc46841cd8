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
 * @param rooms the rooms whose changes are posted while the owner is a member; null for all rooms of the owner
 * @param batch whether a request has an array of events instead of one event
 * @param disabledReason why it was disabled; null unless the service disabled it
 * @param failingSince the time of the first failure since the last success; null if the last request succeeded
 * @param lastError why the last request failed
 * @param secret null except in the responses that show it once
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
