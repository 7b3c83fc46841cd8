package io.heliograph.message.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One request to an endpoint.
 *
 * @param messageId the {@code webhook-id}
 * @param status of the response; null if there was none
 * @param changes the number of events
 * @param room the room of the first event; null for a test
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookDelivery(
        String messageId,
        Instant at,
        DeliveryOutcome outcome,
        @Schema(nullable = true) Integer status,
        long millis,
        int changes,
        @Schema(nullable = true) UUID room,
        @Schema(nullable = true) Long firstRev,
        @Schema(nullable = true) Long lastRev) {

    static WebhookDelivery of(PostResult result, List<WebhookEvent> events) {
        WebhookEvent first = events.get(0);
        boolean test = first.room() == null;
        return new WebhookDelivery(
                result.messageId(),
                result.at(),
                result.outcome(),
                result.status(),
                result.millis(),
                test ? 0 : events.size(),
                first.room(),
                test ? null : first.rev(),
                test ? null : events.get(events.size() - 1).rev());
    }
}
