package io.heliograph.message.job;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Work in the background as its owner sees it. {@code attempts} counts how often it was begun; {@code result} is set once
 * it succeeded, {@code error} once it failed, and the times once they are known.
 */
public record Job(
        UUID id,
        String kind,
        UUID user,
        JobState state,
        Progress progress,
        int attempts,
        Map<String, Object> result,
        Error error,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    /** In units of the kind; {@code total} is null until it is known. */
    public record Progress(long done, Long total) {}

    /** {@code code} is stable and documented in docs/errors.md. */
    public record Error(String code, String message) {}
}
