package io.heliograph.message.job;

import io.heliograph.auth.Caller;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The outcomes of recent jobs, for operators. */
@Tag(name = "jobs")
@Path("/api/jobs/summary")
@Authenticated
class JobSummaryResource {

    /** By kind. */
    @Schema(name = "JobSummaries")
    record Summaries(List<JobSummary> items) {}

    private final SecurityIdentity identity;
    private final JobSummaryRepository repository;

    JobSummaryResource(SecurityIdentity identity, JobSummaryRepository repository) {
        this.identity = identity;
        this.repository = repository;
    }

    @GET
    @Operation(
            operationId = "summarizeJobs",
            summary = "Summarize the jobs of the last day",
            description = "By kind, over all replicas. Role `admin`.")
    @APIResponse(responseCode = "200", description = "A summary of each kind")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    public CompletionStage<Summaries> summary() {
        if (!Caller.of(identity).isAdmin()) {
            throw ProblemException.of(Status.FORBIDDEN, "forbidden", "This is for admins.");
        }
        return repository.read().map(Summaries::new).toCompletionStage();
    }
}
