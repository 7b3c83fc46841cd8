package io.heliograph.message.job;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The outcome of the jobs of one kind within a day, on all replicas.
 *
 * @param completed the number of jobs that succeeded
 * @param meanMs the mean duration of the last attempt of ended jobs, in milliseconds
 * @param lastError the error of the job that failed last; null if none did
 */
record JobSummary(
        String kind,
        long running,
        long queued,
        long completed,
        long failed,
        long cancelled,
        long meanMs,
        long maxMs,
        @Schema(nullable = true) Failure lastError) {

    @Schema(name = "JobFailure")
    record Failure(String code, String message, Instant at) {}
}
