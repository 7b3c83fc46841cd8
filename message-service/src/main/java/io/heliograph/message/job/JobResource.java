package io.heliograph.message.job;

import io.heliograph.auth.Caller;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Users see and cancel their own jobs, admins those of all users; to others a job appears not to exist. */
@Tag(name = "jobs")
@Path("/api/jobs")
@Authenticated
class JobResource {

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final SecurityIdentity identity;
    private final JobRepository repository;

    JobResource(SecurityIdentity identity, JobRepository repository) {
        this.identity = identity;
        this.repository = repository;
    }

    /** Newest first. */
    @GET
    @Operation(
            operationId = "listJobs",
            summary = "List background jobs",
            description = "The jobs of the caller, newest first; an admin sees all jobs.")
    @APIResponse(responseCode = "200", description = "A page of jobs")
    public CompletionStage<Page<Job>> list(@BeanParam @Valid PageRequest paging) {
        UUID after = paging.afterId();
        return repository
                .list(owner(), after.equals(BEFORE_ALL) ? AFTER_ALL : after, paging.limit() + 1)
                .map(found -> Page.of(found, paging.limit(), Job::id))
                .toCompletionStage();
    }

    @GET
    @Path("{job}")
    @Operation(
            operationId = "getJob",
            summary = "Read a background job",
            description = "Its state, its progress and, at the end, its result or its error.")
    @APIResponse(responseCode = "200", description = "The job")
    @APIResponse(responseCode = "404", description = "`job_not_found`")
    public CompletionStage<Job> job(@PathParam("job") UUID job) {
        return found(repository.find(job, owner())).toCompletionStage();
    }

    /**
     * Cancels the job: 204 if it is not running, even if it had ended before; 202 if its worker is being stopped, which
     * takes up to 2 s.
     */
    @DELETE
    @Path("{job}")
    @Operation(
            operationId = "cancelJob",
            summary = "Cancel a background job",
            description = "A job that is under way is stopped within 2 s.")
    @APIResponse(responseCode = "202", description = "The job is being stopped")
    @APIResponse(responseCode = "204", description = "The job has ended")
    @APIResponse(responseCode = "404", description = "`job_not_found`")
    public CompletionStage<RestResponse<Void>> cancel(@PathParam("job") UUID job) {
        UUID owner = owner();
        return repository
                .cancel(job, owner)
                .compose(done -> found(repository.find(job, owner)))
                .map(found -> RestResponse.<Void>status(
                        found.state() == JobState.RUNNING
                                ? RestResponse.Status.ACCEPTED
                                : RestResponse.Status.NO_CONTENT))
                .toCompletionStage();
    }

    /** The user whose jobs the caller may see; null for all users. */
    private UUID owner() {
        Caller caller = Caller.of(identity);
        return caller.isAdmin() ? null : caller.id();
    }

    private static Future<Job> found(Future<Optional<Job>> job) {
        return job.map(found -> found.orElseThrow(
                () -> ProblemException.of(Status.NOT_FOUND, "job_not_found", "The caller has no such job.")));
    }
}
