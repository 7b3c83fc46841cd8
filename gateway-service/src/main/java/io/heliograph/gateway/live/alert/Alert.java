package io.heliograph.gateway.live.alert;

import java.time.Instant;

/**
 * An alert whose condition holds.
 *
 * @param since when the condition began to hold, as far as this gateway has seen it
 * @param firesAt when it has held for long enough; in the past for one that fires
 */
public record Alert(String name, String severity, String message, String runbook, Instant since, Instant firesAt) {

    public boolean isFiring(Instant now) {
        return !firesAt.isAfter(now);
    }
}
