package io.heliograph.message.job;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

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
        @Schema(nullable = true) Map<String, Object> result,
        @Schema(nullable = true) Error error,
        Instant createdAt,
        @Schema(nullable = true) Instant startedAt,
        @Schema(nullable = true) Instant finishedAt) {

    /** In units of the kind; {@code total} is null until it is known. */
    @Schema(name = "JobProgress")
    public record Progress(
            long done, @Schema(nullable = true) Long total) {}

    /** {@code code} is stable and documented in docs/errors.md. */
    @Schema(name = "JobError")
    public record Error(String code, String message) {}
}
