package io.heliograph.message.job;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.JobPool;
import io.heliograph.message.database.Repository;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Stores the files of jobs in chunks: neither writing nor reading a file holds more than one chunk in memory. */
@Singleton
public final class JobFileRepository extends Repository {

    /** A page of chunks takes the database some tens of milliseconds, and little memory of a worker. */
    public static final int CHUNK_BYTES = 256 * 1024;

    private static final int DELETED_AT_ONCE = 64;

    private static final String APPEND = """
            with held as (
              update jobs set stored_bytes = stored_bytes + octet_length($5::bytea)
              where id = $1 and fence = $2 and state = 'running' returning id
            )
            insert into job_chunks (job_id, file, n, bytes) select id, $3, $4, $5 from held
            """;

    /** A chunk of a job whose files are still being uploaded. */
    private static final String RECEIVE = """
            with waiting as (
              update jobs set stored_bytes = stored_bytes + octet_length($4::bytea)
              where id = $1 and state = 'queued' and run_at = 'infinity' returning id
            )
            insert into job_chunks (job_id, file, n, bytes) select id, $2, $3, $4 from waiting
            """;

    /** Some chunks of uploaded files of ended jobs of a kind, which are not needed any more. */
    private static final String DELETE_RECEIVED = """
            with gone as (
              delete from job_chunks where (job_id, file, n) in (
                select c.job_id, c.file, c.n from jobs j join job_chunks c on c.job_id = j.id
                where j.finished_at is not null and j.kind = $1 and j.stored_bytes > 0
                limit $2 for update of c skip locked
              )
              returning job_id, octet_length(bytes) as bytes
            ),
            freed as (
              update jobs j set stored_bytes = stored_bytes - sums.bytes
              from (select job_id, sum(bytes) as bytes from gone group by job_id) sums where j.id = sums.job_id
            )
            select count(*) as gone from gone
            """;

    private static final String CLEAR = """
            with held as (
              select id from jobs where id = $1 and fence = $2 and state = 'running' for update
            ),
            gone as (
              delete from job_chunks where (job_id, file, n) in (
                select job_id, file, n from job_chunks
                where job_id = (select id from held) and file = $3 order by n limit $4
              )
              returning octet_length(bytes) as bytes
            ),
            freed as (
              update jobs set stored_bytes = stored_bytes - (select coalesce(sum(bytes), 0) from gone)
              where id = (select id from held)
            )
            select (select count(*) from gone) as gone, exists(select from held) as held
            """;

    private static final String READ = "select bytes from job_chunks where job_id = $1 and file = $2 and n = $3";

    private static final String STORED =
            "select coalesce(sum(stored_bytes), 0)::bigint as bytes from jobs where user_id = $1";

    private final JobConfig config;

    JobFileRepository(@ReactiveDataSource(JobPool.NAME) Pool pool, DatabaseConfig database, JobConfig config) {
        super(pool, database);
        this.config = config;
    }

    /** Stores chunk {@code n} of the file, from 0. Fails if the execution no longer owns its job. */
    public Future<Void> append(JobExecution execution, int file, int n, Buffer bytes) {
        return run(APPEND, execution.id(), execution.fence(), file, n, bytes)
                .compose(rows -> rows.rowCount() == 1 ? Future.succeededFuture() : Future.failedFuture(lost()));
    }

    /** Stores chunk {@code n}, from 0, of an uploaded file of a job. */
    public Future<Void> receive(UUID job, int file, int n, Buffer bytes) {
        return run(RECEIVE, job, file, n, bytes)
                .compose(rows -> rows.rowCount() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IllegalStateException("The job takes no files any more.")));
    }

    /** Deletes up to {@code limit} chunks of uploaded files of ended jobs of a kind; returns how many were deleted. */
    public Future<Integer> deleteReceived(String kind) {
        return run(DELETE_RECEIVED, kind, DELETED_AT_ONCE)
                .map(rows -> rows.iterator().next().getInteger("gone"));
    }

    /** The number of chunks that {@link #deleteReceived} deletes if there are enough. */
    public static int deletedAtOnce() {
        return DELETED_AT_ONCE;
    }

    /** Deletes the chunks of the file that an earlier attempt has stored. */
    public Future<Void> clear(JobExecution execution, int file) {
        return run(CLEAR, execution.id(), execution.fence(), file, DELETED_AT_ONCE)
                .compose(rows -> {
                    Row row = rows.iterator().next();
                    if (!row.getBoolean("held")) {
                        return Future.failedFuture(lost());
                    }
                    return row.getLong("gone") == DELETED_AT_ONCE ? clear(execution, file) : Future.succeededFuture();
                });
    }

    /** The next chunk; empty after the last one. */
    public Future<Buffer> read(UUID job, int file, int n) {
        return run(READ, job, file, n)
                .map(rows -> rows.size() == 0
                        ? Buffer.buffer()
                        : rows.iterator().next().getBuffer("bytes"));
    }

    /** The number of bytes that the jobs of this user may still store. */
    public Future<Long> storable(UUID user) {
        return run(STORED, user)
                .map(rows -> config.maxStoredPerUser().asLongValue()
                        - rows.iterator().next().getLong("bytes"));
    }

    private static IllegalStateException lost() {
        return new IllegalStateException("The job is no longer that of this execution.");
    }
}
