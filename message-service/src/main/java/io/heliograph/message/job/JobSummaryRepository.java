package io.heliograph.message.job;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;

/** Counts the jobs of the last day. */
@Singleton
class JobSummaryRepository extends Repository {

    /** Uses the indexes of queued, running and ended jobs, so its cost does not depend on the number of kept jobs. */
    private static final String SUMMARY = """
            with recent as (
              select kind, state, started_at, finished_at, error from jobs where state = 'queued'
              union all
              select kind, state, started_at, finished_at, error from jobs where state = 'running'
              union all
              select kind, state, started_at, finished_at, error from jobs
              where finished_at is not null and finished_at > now() - interval '1 day'
            )
            select kind,
                   count(*) filter (where state = 'running') as running,
                   count(*) filter (where state = 'queued') as queued,
                   count(*) filter (where state = 'succeeded') as completed,
                   count(*) filter (where state = 'failed') as failed,
                   count(*) filter (where state = 'cancelled') as cancelled,
                   coalesce(avg(extract(epoch from finished_at - started_at)) * 1000, 0)::bigint as mean_ms,
                   coalesce(max(extract(epoch from finished_at - started_at)) * 1000, 0)::bigint as max_ms,
                   (array_agg(error || jsonb_build_object('at', finished_at) order by finished_at desc)
                     filter (where state = 'failed'))[1] as last_error
            from recent group by kind order by kind
            """;

    JobSummaryRepository(Pool pool, DatabaseConfig database) {
        super(pool, database);
    }

    /** A summary of each kind that had a job. */
    Future<List<JobSummary>> read() {
        return run(SUMMARY).map(rows -> list(rows, JobSummaryRepository::summary));
    }

    private static JobSummary summary(Row row) {
        JsonObject error = row.get(JsonObject.class, "last_error");
        return new JobSummary(
                row.getString("kind"),
                row.getLong("running"),
                row.getLong("queued"),
                row.getLong("completed"),
                row.getLong("failed"),
                row.getLong("cancelled"),
                row.getLong("mean_ms"),
                row.getLong("max_ms"),
                error == null
                        ? null
                        : new JobSummary.Failure(
                                error.getString("code"),
                                error.getString("message"),
                                OffsetDateTime.parse(error.getString("at")).toInstant()));
    }
}
