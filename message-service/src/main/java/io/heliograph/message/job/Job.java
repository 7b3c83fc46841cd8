package io.heliograph.message.job;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A background job as its owner sees it. {@code attempts} counts the attempts that began. {@code result} is set if the job
 * succeeded, {@code error} if it failed; a time is null until its event.
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

    /** The progress in units that depend on the kind of job. {@code total} is null until it is known. */
    @Schema(name = "JobProgress")
    public record Progress(
            long done, @Schema(nullable = true) Long total) {}

    /** Why a job failed. {@code code} is stable and documented in docs/errors.md. */
    @Schema(name = "JobError")
    public record Error(String code, String message) {}
}
