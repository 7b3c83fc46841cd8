package io.heliograph.message.job;

import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Queues background jobs. */
@Singleton
public final class Jobs {

    private final JobRepository repository;
    private final JobWorkers workers;

    Jobs(JobRepository repository, JobWorkers workers) {
        this.repository = repository;
        this.workers = workers;
    }

    /**
     * Queues a job of a kind that has a {@link JobHandler}; it is durable once the future has succeeded. Fails with
     * {@code 429 too_many_jobs} if the user has too many queued jobs.
     *
     * @param request null for a request without an idempotency key
     */
    public Future<Answer<Job>> enqueue(String kind, UUID user, JsonObject params, IdempotentRequest request) {
        return repository.enqueue(kind, user, params, request).onSuccess(queued -> workers.wake());
    }

    /**
     * Adds a job whose files are uploaded next, by {@link JobFileRepository#receive}. It is queued by {@link #received},
     * and otherwise cancelled after an hour. Fails like {@link #enqueue}.
     */
    public Future<Job> receive(String kind, UUID user, JsonObject params) {
        return repository.receive(kind, user, params);
    }

    /**
     * Queues a job whose files have all been uploaded. Fails if it has been cancelled meanwhile. If the same request was
     * made before, returns the job of that request and does not queue this one.
     */
    public Future<Answer<Job>> received(UUID job, JsonObject params, IdempotentRequest request) {
        return repository.received(job, params, request).onSuccess(queued -> workers.wake());
    }

    /** Cancels a job whose files were not uploaded. */
    public Future<Void> giveUp(Job job) {
        return repository.cancel(job.id(), job.user());
    }

    /** The response to a request that queued this job. */
    public static RestResponse<Object> accepted(Answer<Job> job) {
        // As a plain header: location() would make it absolute, with the host by which the gateway knows this replica.
        return ResponseBuilder.create(Status.ACCEPTED, job.body())
                .header(HttpHeaders.LOCATION, "/api/jobs/" + job.field("id", Job::id))
                .build();
    }
}
