package io.heliograph.message.job;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.JobPool;
import io.heliograph.message.database.Repository;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The queue of jobs, for workers. It uses the connection pool of jobs. Times are those of the database, so that the clocks
 * of replicas need not agree. Writes of a worker include its fence, so they have no effect after its lease has expired.
 */
@Singleton
class JobQueueRepository extends Repository {

    /** The queue of one kind: the number of due jobs, and for how many seconds the oldest one has been due. */
    record Backlog(String kind, long due, double ageSeconds) {}

    /** The key of an advisory lock: claims are serialised, so that the bound per user holds across replicas. */
    private static final String LOCK = "select pg_advisory_xact_lock(7407, 1)";

    /** Ends jobs whose worker died in their last attempt or while they were being cancelled. */
    private static final String END_ABANDONED = """
            update jobs
            set state = case when cancelling then 'cancelled' else 'failed' end,
                error = case when not cancelling
                  then jsonb_build_object('code', 'job_abandoned', 'message', $2::text) end,
                finished_at = now(), lease_until = null
            where state = 'running' and lease_until < now() and (cancelling or attempts >= $1)
            """;

    /** Jobs of users with fewer running jobs first, so that no user waits for the whole queue of another. */
    private static final String CLAIM = """
            with due as materialized (
              select id, user_id, run_at from jobs where state = 'queued' and run_at <= now() and kind = any($1)
              union all
              select id, user_id, run_at from jobs where state = 'running' and lease_until < now() and kind = any($1)
            ),
            ranked as (
              select id, run_at, busy.n + row_number() over (partition by due.user_id order by run_at, id) as place
              from due, lateral (
                select count(*) as n from jobs where user_id = due.user_id and state = 'running' and lease_until >= now()
              ) busy
            ),
            chosen as (
              select id from ranked where place <= $3 order by place, run_at, id limit $2
            )
            update jobs
            set state = 'running', attempts = attempts + 1, fence = fence + 1,
                started_at = coalesce(started_at, now()), lease_until = now() + $4 * interval '1 millisecond'
            -- Once more, of the row as it is now: it may have been cancelled or renewed meanwhile.
            where id in (select id from chosen)
              and (state = 'queued' or state = 'running' and lease_until < now())
            returning id, kind, user_id, params, done, total, attempts, fence
            """;

    private static final String RENEW = """
            update jobs j
            set lease_until = now() + $5 * interval '1 millisecond', done = held.done, total = held.total
            from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[]) as held(id, fence, done, total)
            where j.id = held.id and j.fence = held.fence and j.state = 'running'
            returning j.id, j.cancelling
            """;

    private static final String FINISH = """
            update jobs
            set state = $3, done = $4, total = $5, result = $6, error = $7, finished_at = now(), lease_until = null
            where id = $1 and fence = $2 and state = 'running'
            """;

    /** Queues a job again after a failed attempt, unless it is being cancelled. */
    private static final String RETRY = """
            update jobs
            set state = case when cancelling then 'cancelled' else 'queued' end,
                finished_at = case when cancelling then now() end,
                run_at = now() + $3 * interval '1 millisecond', lease_until = null
            where id = $1 and fence = $2 and state = 'running'
            """;

    /** Returns a job to the queue at a shutdown. The attempt does not count. */
    private static final String HAND_BACK = """
            update jobs
            set state = case when cancelling then 'cancelled' else 'queued' end,
                finished_at = case when cancelling then now() end,
                attempts = attempts - 1, lease_until = null
            where id = $1 and fence = $2 and state = 'running'
            """;

    /** Deletes files before their jobs, so that no statement deletes much. */
    private static final String DELETE_OLD_CHUNKS = """
            delete from job_chunks where (job_id, file, n) in (
              select c.job_id, c.file, c.n from jobs j join job_chunks c on c.job_id = j.id
              where j.finished_at < now() - $1 * interval '1 millisecond'
              order by j.finished_at limit $2 for update of c skip locked
            )
            """;

    /** Cancels jobs whose upload never ended. An upload takes minutes at most, since the gateway aborts slow clients. */
    private static final String CANCEL_WAITING = """
            update jobs set state = 'cancelled', cancelling = true, finished_at = now()
            where state = 'queued' and run_at = 'infinity' and created_at < now() - interval '1 hour'
            """;

    private static final String DELETE_OLD = """
            delete from jobs where id in (
              select id from jobs where finished_at < now() - $1 * interval '1 millisecond'
              order by finished_at limit $2 for update skip locked
            )
            """;

    private static final String BACKLOG = """
            select kind, count(*) as due, extract(epoch from now() - min(run_at))::float8 as age
            from jobs where state = 'queued' and run_at <= now() group by kind
            """;

    private static final String ABANDONED = "Each replica that worked on the job died of it or lost its lease.";

    private final JobConfig config;

    JobQueueRepository(@ReactiveDataSource(JobPool.NAME) Pool pool, DatabaseConfig database, JobConfig config) {
        super(pool, database);
        this.config = config;
    }

    /** Claims up to {@code limit} due jobs of these kinds. */
    Future<List<JobExecution>> claim(Set<String> kinds, int limit) {
        long askedAt = System.nanoTime();
        return inTransaction(transaction -> run(transaction, LOCK)
                .compose(locked -> run(transaction, END_ABANDONED, config.maxAttempts(), ABANDONED))
                .compose(ended -> claim(transaction, kinds, limit, askedAt)));
    }

    private Future<List<JobExecution>> claim(SqlConnection transaction, Set<String> kinds, int limit, long askedAt) {
        return run(
                        transaction,
                        CLAIM,
                        kinds.toArray(String[]::new),
                        limit,
                        config.maxRunningPerUser(),
                        config.lease().toMillis())
                .map(rows -> list(rows, row -> execution(row, askedAt)));
    }

    private JobExecution execution(Row row, long askedAt) {
        return new JobExecution(
                row.getUUID("id"),
                row.getString("kind"),
                row.getUUID("user_id"),
                row.get(JsonObject.class, "params"),
                new Job.Progress(row.getLong("done"), row.getLong("total")),
                row.getInteger("attempts"),
                row.getLong("fence"),
                config.lease(),
                askedAt);
    }

    /** The executions that still own their job, by its id, and whether it is being cancelled. */
    Future<Map<UUID, Boolean>> renew(List<JobExecution> held) {
        return run(
                        RENEW,
                        held.stream().map(JobExecution::id).toArray(UUID[]::new),
                        held.stream().map(JobExecution::fence).toArray(Long[]::new),
                        held.stream().map(each -> each.progress().done()).toArray(Long[]::new),
                        held.stream().map(each -> each.progress().total()).toArray(Long[]::new),
                        config.lease().toMillis())
                .map(rows -> {
                    Map<UUID, Boolean> renewed = new HashMap<>();
                    rows.forEach(row -> renewed.put(row.getUUID("id"), row.getBoolean("cancelling")));
                    return renewed;
                });
    }

    /** Ends the job; returns whether the execution still owned it, as the other methods do. Result and error may be null. */
    Future<Boolean> finish(JobExecution execution, JobState state, JsonObject result, Job.Error error) {
        return changed(
                FINISH,
                execution.id(),
                execution.fence(),
                state.text(),
                execution.progress().done(),
                execution.progress().total(),
                result,
                error == null ? null : JsonObject.of("code", error.code(), "message", error.message()));
    }

    Future<Boolean> retry(JobExecution execution, Duration wait) {
        return changed(RETRY, execution.id(), execution.fence(), wait.toMillis());
    }

    Future<Boolean> handBack(JobExecution execution) {
        return changed(HAND_BACK, execution.id(), execution.fence());
    }

    private Future<Boolean> changed(String sql, Object... values) {
        return run(sql, values).map(rows -> rows.rowCount() > 0);
    }

    /** Deletes up to {@code limit} chunks of files of expired jobs; returns how many were deleted. */
    Future<Integer> deleteOldChunks(int limit) {
        return run(DELETE_OLD_CHUNKS, config.retention().toMillis(), limit).map(rows -> rows.rowCount());
    }

    /** Deletes up to {@code limit} expired jobs; returns how many were deleted. */
    Future<Integer> deleteOld(int limit) {
        return run(DELETE_OLD, config.retention().toMillis(), limit).map(rows -> rows.rowCount());
    }

    /** Cancels jobs whose files were not uploaded. */
    Future<Void> cancelWaiting() {
        return run(CANCEL_WAITING).mapEmpty();
    }

    Future<List<Backlog>> backlog() {
        return run(BACKLOG)
                .map(rows -> list(
                        rows, row -> new Backlog(row.getString("kind"), row.getLong("due"), row.getDouble("age"))));
    }
}
