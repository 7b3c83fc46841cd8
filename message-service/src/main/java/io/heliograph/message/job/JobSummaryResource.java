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

/** The outcomes of recent jobs, for operators. */
@Path("/api/jobs/summary")
@Authenticated
class JobSummaryResource {

    /** By kind. */
    record Summaries(List<JobSummary> items) {}

    private final SecurityIdentity identity;
    private final JobSummaryRepository repository;

    JobSummaryResource(SecurityIdentity identity, JobSummaryRepository repository) {
        this.identity = identity;
        this.repository = repository;
    }

    @GET
    public CompletionStage<Summaries> summary() {
        if (!Caller.of(identity).isAdmin()) {
            throw ProblemException.of(Status.FORBIDDEN, "forbidden", "This is for admins.");
        }
        return repository.read().map(Summaries::new).toCompletionStage();
    }
}
