package io.heliograph.message.webhook;

import java.time.Duration;
import java.time.Instant;

/**
 * The result of one request.
 *
 * @param status null if there was no response
 * @param retryAfter the {@code Retry-After} of the response; zero if it had none
 */
record PostResult(
        String messageId, Instant at, DeliveryOutcome outcome, Integer status, long millis, Duration retryAfter) {

    /** A description for the owner of the webhook. */
    String summary() {
        return status == null ? outcome.text() : outcome.text() + ": the endpoint answered " + status;
    }
}
