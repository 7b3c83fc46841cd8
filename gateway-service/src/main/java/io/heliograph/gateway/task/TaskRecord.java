package io.heliograph.gateway.task;

import java.time.Instant;

/**
 * A task, running or ended.
 *
 * @param subject what it is about, such as a path or an address
 * @param error why it failed; null if it did not, or has not ended
 */
public record TaskRecord(TaskKind kind, String subject, Instant startedAt, long nanos, String error) {

    /** What has taken so long until now. */
    public static TaskRecord of(TaskKind kind, String subject, long nanos, String error) {
        return new TaskRecord(kind, subject, Instant.now().minusNanos(nanos), nanos, error);
    }

    public Instant endedAt() {
        return startedAt.plusNanos(nanos);
    }
}
