package io.heliograph.message.job;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.heliograph.message.idempotency.IdempotencyRepository;
import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Jobs as their owners see them. */
@Singleton
class JobRepository extends Repository {

    private static final String COLUMNS = """
            id, kind, user_id, state, done, total, attempts, result, error, created_at, started_at, finished_at
            """;

    /** Serialises the requests of one user, so that the second counts the job of the first. */
    private static final String LOCK = "select pg_advisory_xact_lock(7408, hashtext($1::uuid::text))";

    private static final String HELD = """
            select count(*) as kept, count(*) filter (where state = 'queued') as queued,
                   coalesce(sum(stored_bytes), 0)::bigint as bytes
            from jobs where user_id = $1
            """;

    private static final String ENQUEUE =
            "insert into jobs (kind, user_id, params) values ($1, $2, $3) returning " + COLUMNS;

    /** Adds a job that is not due until its files have been uploaded. */
    private static final String RECEIVE =
            "insert into jobs (kind, user_id, params, run_at) values ($1, $2, $3, 'infinity') returning " + COLUMNS;

    private static final String RECEIVED = """
            update jobs set params = $2, run_at = now()
            where id = $1 and state = 'queued' and run_at = 'infinity'
            returning""" + " " + COLUMNS;

    private static final String FIND =
            "select " + COLUMNS + " from jobs where id = $1 and ($2::uuid is null or user_id = $2)";

    private static final String OF_USER =
            "select " + COLUMNS + " from jobs where user_id = $1 and id < $2 order by id desc limit $3";

    private static final String ALL = "select " + COLUMNS + " from jobs where id < $1 order by id desc limit $2";

    private static final String CANCEL = """
            update jobs
            set cancelling = true,
                state = case when state = 'running' and lease_until >= now() then state else 'cancelled' end,
                finished_at = case when state = 'running' and lease_until >= now() then null else now() end
            where id = $1 and ($2::uuid is null or user_id = $2) and state in ('queued', 'running')
            """;

    /** The time to wait for the end of a job, and for the deletion of an old one. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Duration LATER = Duration.ofHours(1);

    private final JobConfig config;
    private final IdempotencyRepository keys;

    JobRepository(Pool pool, DatabaseConfig database, JobConfig config, IdempotencyRepository keys) {
        super(pool, database);
        this.config = config;
        this.keys = keys;
    }

    /** Queues a job. Fails with {@code 429} if the user has too many queued or kept jobs, or too many bytes of files. */
    Future<Answer<Job>> enqueue(String kind, UUID user, JsonObject params, IdempotentRequest request) {
        return inTransaction(
                transaction -> keys.once(transaction, request, () -> insert(transaction, ENQUEUE, kind, user, params)));
    }

    /** Adds a job that {@link #received} queues; otherwise the sweep cancels it. Fails like {@link #enqueue}. */
    Future<Job> receive(String kind, UUID user, JsonObject params) {
        return inTransaction(transaction -> insert(transaction, RECEIVE, kind, user, params));
    }

    /** Queues a job whose files have been uploaded. Fails if it has been cancelled meanwhile. */
    Future<Answer<Job>> received(UUID job, JsonObject params, IdempotentRequest request) {
        return inTransaction(transaction -> keys.once(transaction, request, () -> run(
                        transaction, RECEIVED, job, params)
                .map(rows ->
                        list(rows, JobRepository::job).stream().findFirst().orElseThrow(JobRepository::cancelled))));
    }

    private static ProblemException cancelled() {
        return ProblemException.of(Status.CONFLICT, "job_cancelled", "The job was cancelled.");
    }

    private Future<Job> insert(SqlConnection transaction, String sql, String kind, UUID user, JsonObject params) {
        return run(transaction, LOCK, user)
                .compose(locked -> run(transaction, HELD, user))
                .compose(held -> {
                    check(held.iterator().next());
                    return run(transaction, sql, kind, user, params);
                })
                .map(rows -> job(rows.iterator().next()));
    }

    private void check(Row held) {
        if (held.getLong("queued") >= config.maxQueuedPerUser()) {
            throw ProblemException.tooManyRequests(
                    "too_many_jobs", "A person may have " + config.maxQueuedPerUser() + " jobs waiting.", SOON);
        }
        if (held.getLong("kept") >= config.maxKeptPerUser()) {
            throw ProblemException.tooManyRequests(
                    "too_many_jobs", "Of a person " + config.maxKeptPerUser() + " jobs are kept.", LATER);
        }
        if (held.getLong("bytes") >= config.maxStoredPerUser().asLongValue()) {
            throw ProblemException.tooManyRequests(
                    "job_storage_full",
                    "Of a person's jobs " + config.maxStoredPerUser().asLongValue() + " bytes are stored.",
                    LATER);
        }
    }

    /** {@code user} is null for callers that may see any job. */
    Future<Optional<Job>> find(UUID id, UUID user) {
        return run(FIND, id, user)
                .map(rows -> list(rows, JobRepository::job).stream().findFirst());
    }

    /** The newest jobs with an id below {@code before}; {@code user} is null for the jobs of all users. */
    Future<List<Job>> list(UUID user, UUID before, int limit) {
        return (user == null ? run(ALL, before, limit) : run(OF_USER, user, before, limit))
                .map(rows -> list(rows, JobRepository::job));
    }

    /** Cancels a queued job at once, and a running one by its worker. An ended job does not change. */
    Future<Void> cancel(UUID id, UUID user) {
        return run(CANCEL, id, user).mapEmpty();
    }

    private static Job job(Row row) {
        JsonObject error = row.get(JsonObject.class, "error");
        JsonObject result = row.get(JsonObject.class, "result");
        return new Job(
                row.getUUID("id"),
                row.getString("kind"),
                row.getUUID("user_id"),
                JobState.of(row.getString("state")),
                new Job.Progress(row.getLong("done"), row.getLong("total")),
                row.getInteger("attempts"),
                result == null ? null : result.getMap(),
                error == null ? null : new Job.Error(error.getString("code"), error.getString("message")),
                instant(row, "created_at"),
                instant(row, "started_at"),
                instant(row, "finished_at"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
