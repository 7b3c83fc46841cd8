package io.heliograph.message.webhook;

import java.time.Duration;
import java.time.Instant;

/**
 * What became of one request.
 *
 * @param status null if there was no answer
 * @param retryAfter how long the endpoint wants to be left alone; zero if it did not say
 */
record PostResult(
        String messageId, Instant at, DeliveryOutcome outcome, Integer status, long millis, Duration retryAfter) {

    /** What a person reads of it. */
    String summary() {
        return status == null ? outcome.text() : outcome.text() + ": the endpoint answered " + status;
    }
}
